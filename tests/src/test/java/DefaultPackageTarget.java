import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;

/** A class in no package. */
public class DefaultPackageTarget {
    @HardCase(54)
    @Generator
    static Gen<Object> generates() {
        Gen.yield("default");
        Gen.yield("package");
        return Gen.end();
    }

    @HardCase(54)
    @Async
    static Coroutine<Object> awaits() {
        return Coroutine.of(new DefaultPackageTarget() + "" + await(later(1)));
    }

    @Override
    public String toString() {
        return "target";
    }
}
