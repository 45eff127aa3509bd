package dev.backstitch.tests.semantics;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.List;

/** Driving generators and coroutines by hand, as CPython's tests do. */
final class Drive {
    private Drive() {}

    /** What {@code run_async} of test_coroutines gives: what the coroutine handed to the driver, and its result. */
    record Ran(List<Object> yielded, Object result) {}

    static Ran run(Coroutine<?> coroutine) {
        List<Object> yielded = new ArrayList<>();
        try {
            while (true) {
                yielded.add(coroutine.send(null));
            }
        } catch (StopIteration stop) {
            return new Ran(yielded, stop.value());
        }
    }

    static Object result(Coroutine<?> coroutine) {
        return run(coroutine).result();
    }

    /** Hands {@code request} to the driver and returns what comes back: CPython's {@code AsyncYield}. */
    @Async
    static <S> Coroutine<S> ask(Object request) {
        S answer = Coroutine.suspend(request);
        return Coroutine.of(answer);
    }

    static List<Object> list(Gen<?> gen) {
        List<Object> values = new ArrayList<>();
        gen.forEachRemaining(values::add);
        return values;
    }

    /** The value of the {@link StopIteration} that {@code step} ends with. */
    static Object stopValue(Runnable step) {
        try {
            step.run();
        } catch (StopIteration stop) {
            return stop.value();
        }
        throw new AssertionError("it did not stop");
    }

    static String name(Throwable t) {
        return t.getClass().getSimpleName();
    }
}
