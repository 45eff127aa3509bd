package dev.backstitch.tests.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.backstitch.tests.harness.CPython;
import dev.backstitch.tests.traces.Rig.Noted;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The frame lists of every {@link Program} equal CPython's, as {@code src/test/python/record_traces.py} recorded them:
 * the same functions in the same order, each at the line that carries the same label.
 */
class TraceGoldenTest {

    private static final Map<String, Class<?>> TWINS = twins();

    private static Map<String, Class<?>> twins() {
        Map<String, Class<?>> twins = new LinkedHashMap<>();
        twins.put("generators", GeneratorPrograms.class);
        twins.put("coroutines", CoroutinePrograms.class);
        twins.put("async_generators", AsyncGeneratorPrograms.class);
        twins.put("async_with", AsyncWithPrograms.class);
        twins.put("tasks", TaskPrograms.class);
        twins.put("groups", GroupPrograms.class);
        twins.put("hot", HotPrograms.class);
        twins.put("other_callers", OtherCallerPrograms.class);
        twins.put("deep_stacks", DeepStackPrograms.class);
        return twins;
    }

    @TestFactory
    Stream<DynamicTest> should_show_the_frames_that_python_shows_when_a_program_fails() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, Class<?>> twin : TWINS.entrySet()) {
            TraceLines lines = TraceLines.of(twin.getValue());
            GoldenTraces.read(twin.getKey())
                    .forEach((name, expected) -> tests.add(dynamicTest(
                            twin.getKey() + "." + name, () -> assertEquals(expected, run(twin.getValue(), name, lines)))));
        }
        return tests.stream();
    }

    @Test
    void should_have_a_java_twin_for_every_program_when_python_has_one() throws IOException {
        int programs = 0;
        for (Map.Entry<String, Class<?>> twin : TWINS.entrySet()) {
            TreeSet<String> java = new TreeSet<>();
            for (Method method : twin.getValue().getDeclaredMethods()) {
                if (method.isAnnotationPresent(Program.class)) {
                    java.add(TraceLines.snake(method.getName()));
                }
            }
            assertEquals(new TreeSet<>(GoldenTraces.read(twin.getKey()).keySet()), java);
            programs += java.size();
        }
        assertEquals(true, programs >= 40, programs + " programs");
    }

    @Test
    void should_find_the_golden_files_unchanged_when_a_python_3_13_records_again() throws Exception {
        List<String> python = CPython.find();
        assumeFalse(python.isEmpty(), "no python 3.13 here");
        for (String script : List.of("record_traces.py", "record_blocks.py")) {
            List<String> command = new ArrayList<>(python);
            command.addAll(List.of("-B", script, "--check"));
            Process process = CPython.start(command);
            String output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), output);
        }
    }

    private static String run(Class<?> programs, String name, TraceLines lines) throws Exception {
        Rig.NOTES.clear();
        Method program = Arrays.stream(programs.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Program.class)
                        && TraceLines.snake(m.getName()).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no twin of " + name));
        try {
            program.invoke(null);
        } catch (InvocationTargetException e) {
            Rig.note(e.getCause());
        }
        StringBuilder shown = new StringBuilder();
        for (Noted noted : Rig.NOTES) {
            shown.append(lines.render(noted));
            assertNoMachinery(noted, lines);
        }
        assertNotEquals("", shown.toString(), "the program threw and noted nothing");
        return shown.toString();
    }

    /** Between the program's own frames stand frames of the program only, or of the JDK's that it called. */
    private static void assertNoMachinery(Noted noted, TraceLines lines) {
        StackTraceElement[] trace = noted.trace();
        int outermost = trace.length - 1;
        while (outermost >= 0 && !lines.isProgram(trace[outermost])) {
            outermost--;
        }
        for (int i = 0; i < outermost; i++) {
            String type = trace[i].getClassName();
            boolean machinery = type.startsWith("dev.backstitch.") && !type.startsWith("dev.backstitch.tests.")
                    || type.contains("$$Frame")
                    || type.startsWith("java.lang.invoke.");
            assertEquals(false, machinery, () -> "machinery in the trace: " + Arrays.toString(trace));
        }
    }
}
