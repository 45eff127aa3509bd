package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** TestInterestingEdgeCases of CPython's test_yield_from.py: five operations on seven kinds of delegate, 35 cells. */
class CloseAndThrowMatrixTest {

    /** The operations, in the columns' order. */
    private static final List<String> OPERATIONS =
            List.of("close", "GeneratorExit", "StopIteration", "BaseException", "Exception");

    /** What CPython's assertions say of each delegate: a cell for each operation. */
    private static final Map<String, List<String>> EXPECTED = new LinkedHashMap<>();

    private static final String STOP = "RuntimeError generator raised StopIteration, cause ";
    private static final String IGNORED = "RuntimeError generator ignored GeneratorExit";

    static {
        EXPECTED.put("work", List.of("closed", "thrown", STOP + "thrown", "thrown", "thrown"));
        EXPECTED.put("raise GeneratorExit", List.of("closed", "thrown", "raised", "raised", "raised"));
        EXPECTED.put(
                "raise StopIteration",
                List.of(STOP + "raised", STOP + "raised", STOP + "raised", STOP + "raised", STOP + "raised"));
        EXPECTED.put("raise BaseException", List.of("raised", "raised", "raised", "raised", "raised"));
        EXPECTED.put("raise Exception", List.of("raised", "raised", "raised", "raised", "raised"));
        EXPECTED.put(
                "yield",
                List.of(IGNORED, IGNORED, "second, then " + STOP + "thrown", "second, then thrown", "second, then thrown"));
        EXPECTED.put("return", List.of("closed", "thrown", "stop returned", "stop returned", "stop returned"));
    }

    /**
     * test_close_and_throw_work, test_close_and_throw_raise_generator_exit, test_close_and_throw_raise_stop_iteration,
     * test_close_and_throw_raise_base_exception, test_close_and_throw_raise_exception, test_close_and_throw_yield,
     * test_close_and_throw_return.
     */
    @TestFactory
    Stream<DynamicTest> should_do_what_python_does_in_each_of_35_cells() {
        List<DynamicTest> cells = new ArrayList<>();
        EXPECTED.forEach((delegate, row) -> {
            for (int i = 0; i < row.size(); i++) {
                String operation = OPERATIONS.get(i);
                String expected = row.get(i);
                cells.add(dynamicTest(
                        operation + " on a delegate that would " + delegate,
                        () -> assertEquals(expected, run(delegate, operation))));
            }
        });
        return cells.stream();
    }

    private static String run(String delegate, String operation) {
        Throwable raised = delegate.startsWith("raise ") ? make(delegate.substring(6)) : null;
        Throwable thrown = operation.equals("close") ? new GeneratorExit() : make(operation);
        Gen<String> gen = outer(delegate, raised);
        assertEquals("first", gen.next());
        String outcome = outcome(raised, thrown, () -> {
            if (operation.equals("close")) {
                gen.close();
                return "closed";
            }
            return gen.raise(thrown);
        });
        if (outcome.equals("second")) {
            outcome += ", then " + outcome(raised, thrown, gen::next);
        }
        assertNull(stopValue(gen::next));
        return outcome;
    }

    private interface Step {
        String run();
    }

    private static String outcome(Throwable raised, Throwable thrown, Step step) {
        try {
            return step.run();
        } catch (Throwable t) {
            if (t instanceof StopIteration stop && t != raised && t != thrown) {
                return "stop " + stop.value();
            }
            if (t instanceof IllegalStateException) {
                return "RuntimeError " + t.getMessage()
                        + (t.getCause() == null ? "" : ", cause " + which(t.getCause(), raised, thrown));
            }
            return which(t, raised, thrown);
        }
    }

    private static String which(Throwable t, Throwable raised, Throwable thrown) {
        return t == raised ? "raised" : t == thrown ? "thrown" : "some other " + t;
    }

    private static Throwable make(String type) {
        return switch (type) {
            case "GeneratorExit" -> new GeneratorExit();
            case "StopIteration" -> new StopIteration(null);
            case "BaseException" -> new Error();
            default -> new RuntimeException();
        };
    }

    private static Gen<String> inner(String delegate, Throwable raised) {
        return switch (delegate) {
            case "work" -> works();
            case "yield" -> yields();
            case "return" -> returns();
            default -> raises(raised);
        };
    }

    @Generator
    static Gen<String> outer(String delegate, Throwable raised) {
        return Gen.end((Object) Gen.yieldFrom(inner(delegate, raised)));
    }

    @Generator
    static Gen<String> works() {
        Gen.yield("first");
        Gen.yield("second");
        return Gen.end("returned");
    }

    @Generator
    @SuppressWarnings("finally")
    static Gen<String> raises(Throwable raised) {
        try {
            Gen.yield("first");
            Gen.yield("second");
            return Gen.end("returned");
        } finally {
            CloseAndThrowMatrixTest.<RuntimeException>sneak(raised);
        }
    }

    @Generator
    static Gen<String> yields() {
        try {
            Gen.yield("first");
        } finally {
            Gen.yield("second");
        }
        return Gen.end("returned");
    }

    @Generator
    @SuppressWarnings("finally")
    static Gen<String> returns() {
        try {
            Gen.yield("first");
            Gen.yield("second");
        } finally {
            return Gen.end("returned");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable t) throws T {
        throw (T) t;
    }
}
