package dev.backstitch.tests.fuzz;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;

/** An asynchronous resource that logs how it is left; the twin of {@code Resource} in {@code fuzz_rig.py}. */
public final class FuzzResource implements AsyncCloseable {
    private final int site;
    private final int policy;

    /**
     * @param policy how the exit answers: 0 no, 1 by swallowing, 2 and 3 likewise after a suspension, 4 with a failure of
     *     its own; 6 and 5 as 2 and 3, but for a future, which Python's twin does not know
     */
    public FuzzResource(int site, int policy) {
        this.site = site;
        this.policy = policy;
    }

    @Async
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        FuzzRig.T(site, failure == null ? "None" : FuzzRig.X(failure));
        if (policy == 2 || policy == 3) {
            await(FuzzDriver.request(site));
        }
        if (policy >= 5) {
            await(FuzzRig.gate(site));
        }
        if (policy == 4) {
            throw new FuzzRig.E3(Integer.toString(site));
        }
        return Coroutine.of(policy % 2 == 1);
    }
}
