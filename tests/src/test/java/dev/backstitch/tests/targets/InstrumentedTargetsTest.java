package dev.backstitch.tests.targets;

import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.WeavingResults;
import dev.backstitch.tests.targets.exceptions.LegacyResourcesTarget;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** As {@link TargetsTest}, for class files that JaCoCo has instrumented before they are rewritten (case 59). */
class InstrumentedTargetsTest {
    private static final LoggerRuntime RUNTIME = new LoggerRuntime();

    @BeforeAll
    static void startUp() throws Exception {
        RUNTIME.startup(new RuntimeData());
    }

    @AfterAll
    static void shutDown() {
        RUNTIME.shutdown();
    }

    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_jacoco_came_first() {
        return Stream.concat(Targets.all(), Stream.of(LegacyResourcesTarget.class)).map(target -> DynamicContainer.dynamicContainer(
                target.getSimpleName(),
                Stream.of(target)
                        .map(t -> new TargetRun(t.getName(), null, instrumented(t)))
                        .flatMap(TargetRun::checks)
                        .map(check -> DynamicTest.dynamicTest(check.name(), check.body()))));
    }

    private static Map<String, byte[]> instrumented(Class<?> target) {
        Instrumenter instrumenter = new Instrumenter(RUNTIME);
        Map<String, byte[]> classes = new TreeMap<>(WeavingResults.originalsOf(target));
        classes.replaceAll((name, bytes) -> {
            try {
                return instrumenter.instrument(bytes, name);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return classes;
    }
}
