package dev.backstitch.tests.targets.handmade;

import dev.backstitch.tests.harness.TargetRun;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.objectweb.asm.Opcodes;

/** The bodies of {@link Handmade}, {@link Subroutines} and {@link Merges}, rewritten and on the reference. */
class HandmadeTest {
    /** So that no two classes have the same name. */
    private static int number;

    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_no_compiler_writes_it() {
        Map<String, Consumer<Code>> bodies = Handmade.bodies();
        bodies.remove(Handmade.NEEDS_JAVA_11);
        return containers(bodies, Opcodes.V1_8);
    }

    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_the_class_file_has_nestmates() {
        return containers(Handmade.bodies(), Opcodes.V17);
    }

    @TestFactory
    Stream<DynamicContainer> should_inline_subroutines_when_the_class_file_is_that_old() {
        return containers(Subroutines.bodies(), Opcodes.V1_5);
    }

    @TestFactory
    Stream<DynamicContainer> should_find_the_common_class_when_the_class_file_has_no_stack_maps() {
        return containers(Merges.bodies(), Opcodes.V1_5);
    }

    private Stream<DynamicContainer> containers(Map<String, Consumer<Code>> bodies, int version) {
        return bodies.entrySet().stream().map(e -> {
            String name = "handmade/Made" + version + "x" + number++;
            return DynamicContainer.dynamicContainer(e.getKey(), Stream.of(e.getValue())
                    .map(body -> new TargetRun(name.replace('/', '.'), null, Code.generator(name, version, body)))
                    .flatMap(TargetRun::checks)
                    .map(check -> DynamicTest.dynamicTest(check.name(), check.body())));
        });
    }
}
