package dev.backstitch.tests.targets;

import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.TargetSource;
import dev.backstitch.tests.harness.Variant;
import dev.backstitch.tests.targets.exceptions.LegacyResourcesTarget;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * As {@link TargetsTest}, for what older javacs make of try-with-resources. Written out, it is compiled to the same by
 * javac only: ECJ puts the end of a {@code finally} elsewhere, and never wrote such code itself.
 */
class LegacyResourcesTest {
    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_written_as_older_compilers_translate_it() {
        TargetSource source = TargetSource.of(LegacyResourcesTarget.class);
        return Variant.available().stream()
                .filter(variant -> variant.compiler() == Variant.Compiler.JAVAC)
                .map(variant -> DynamicContainer.dynamicContainer(
                        variant.name(),
                        Stream.of(variant)
                                .flatMap(v -> TargetRun.of(LegacyResourcesTarget.class.getName(), source, v).checks())
                                .map(check -> DynamicTest.dynamicTest(check.name(), check.body()))));
    }
}
