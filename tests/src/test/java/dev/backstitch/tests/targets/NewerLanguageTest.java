package dev.backstitch.tests.targets;

import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.TargetSource;
import dev.backstitch.tests.harness.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** As {@link TargetsTest}, for the targets in {@code src/targets21} and {@code src/targets25}, on JDKs that have javac for them. */
class NewerLanguageTest {
    private static final Map<String, Integer> TARGETS = Map.of(
            "dev.backstitch.tests.targets.control.PatternSwitchTarget", 21,
            "dev.backstitch.tests.targets.methods.NewestTarget", 25);

    private static Path source(Map.Entry<String, Integer> target) {
        return Path.of("src", "targets" + target.getValue(), "java", target.getKey().replace('.', '/') + ".java");
    }

    static List<Path> sources() {
        return TARGETS.entrySet().stream().map(NewerLanguageTest::source).toList();
    }

    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_the_running_jdk_compiles_it() {
        List<Variant> variants = Variant.available().stream()
                .filter(v -> v.name().matches("javac-\\d+"))
                .toList();
        return TARGETS.entrySet().stream().map(target -> {
            Path file = source(target);
            return DynamicContainer.dynamicContainer(target.getKey(), variants.stream()
                    .filter(v -> v.release() >= target.getValue())
                    .flatMap(v -> TargetRun.of(target.getKey(), TargetSource.of(file), v).checks())
                    .map(check -> DynamicTest.dynamicTest(check.name(), check.body())));
        });
    }
}
