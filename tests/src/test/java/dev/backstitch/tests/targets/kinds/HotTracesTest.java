package dev.backstitch.tests.targets.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backstitch.tests.harness.WeavingResults;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** A hot coroutine is one frame of a trace, though two methods of its name run it, and its recursion as many as it has calls. */
class HotTracesTest {
    @SuppressWarnings("unchecked")
    private static String traces(Map<String, byte[]> classes, int which) throws ReflectiveOperationException {
        Class<?> woven = WeavingResults.of(classes).load(HotTracesTarget.class.getName());
        return String.join("; ", (List<String>) woven.getMethod("traces", int.class).invoke(null, which));
    }

    private static Map<String, byte[]> withoutDebugInformation(Map<String, byte[]> classes) {
        Map<String, byte[]> without = new TreeMap<>(classes);
        without.replaceAll((name, bytes) -> {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(bytes).accept(writer, ClassReader.SKIP_DEBUG);
            return writer.toByteArray();
        });
        return without;
    }

    static Stream<Arguments> cases() {
        String plain = "plain, plain, plain, ";
        String end = "over, traces";
        return Stream.of(
                arguments(0, plain + "failsAtOnce, failsAtOnce, failsAtOnce, " + end),
                arguments(1, (plain + "catches, catches, catches, over; ").repeat(3) + plain + "catches, catches, catches, " + end),
                arguments(2, plain + "cold, inOne, cold, inOne, cold, inOne, " + end),
                arguments(3, plain + "generator, pulls, " + end));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_show_each_call_once_when_a_hot_coroutine_fails(int which, String expected) throws Exception {
        Map<String, byte[]> classes = WeavingResults.originalsOf(HotTracesTarget.class);
        assertEquals(expected, traces(classes, which));
        assertEquals(expected, traces(withoutDebugInformation(classes), which), "without lines");
    }
}
