package dev.backstitch.tests.targets.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Coroutine;
import dev.backstitch.StopIteration;
import dev.backstitch.tests.fuzz.InMemoryCompiler;
import dev.backstitch.tests.harness.WeavingResults;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coroutines with about as many states as a byte counts: those in which they await, and those in which they return a coroutine. */
class ManyStatesTest {
    private static final String NAME = "many.States";
    private static final String HEAD = """
            package many;
            import static dev.backstitch.Coroutine.await;
            import dev.backstitch.Coroutine;
            import dev.backstitch.annotations.Async;
            public class States {
              @Async static Coroutine<Integer> later(int k) { Coroutine.suspend(k); return Coroutine.of(k); }
              @Async public static Coroutine<Integer> run(int from, int to) {
                int sum = 0;
            """;
    private static final int FIRST_LINE = 9;

    /** Lines of {@code awaits} awaits, then of {@code returns} returns, of which those {@code from <= n < to} are not skipped. */
    private static String source(int awaits, int returns) {
        StringBuilder source = new StringBuilder(HEAD);
        for (int i = 0; i < awaits; i++) {
            source.append("    if (from <= ").append(i).append(" && ").append(i).append(" < to) sum += await(later(")
                    .append(i).append("));\n");
        }
        for (int i = awaits; i < awaits + returns; i++) {
            source.append("    if (from <= ").append(i).append(" && ").append(i).append(" < to) return later(")
                    .append(i).append(");\n");
        }
        return source.append("    return Coroutine.of(sum);\n  }\n}\n").toString();
    }

    @ParameterizedTest
    @CsvSource({"126, 0", "127, 0", "128, 0", "129, 0", "126, 1", "120, 7", "120, 8", "1, 125", "1, 126", "1, 127", "1, 300", "130, 130"})
    void should_go_on_where_it_was_when_a_coroutine_has_so_many_states(int awaits, int returns) throws Exception {
        var run = WeavingResults.of(InMemoryCompiler.compile(java.util.Map.of(NAME, source(awaits, returns))))
                .load(NAME)
                .getMethod("run", int.class, int.class);
        Coroutine<?> all = (Coroutine<?>) run.invoke(null, 0, awaits);
        for (int i = 0; i < awaits; i++) {
            suspends(all, i);
        }
        assertEquals((awaits - 1) * awaits / 2, assertThrows(StopIteration.class, () -> all.send(null)).value());
        for (int i = awaits; i < awaits + returns; i++) {
            Coroutine<?> one = (Coroutine<?>) run.invoke(null, i, i + 1);
            suspends(one, i);
            assertEquals(i, assertThrows(StopIteration.class, () -> one.send(null)).value());
        }
    }

    private static void suspends(Coroutine<?> coroutine, int at) {
        assertEquals(at, coroutine.send(null));
        assertEquals("<coroutine many.States.run(States.java:" + (FIRST_LINE + at) + ")>", coroutine.toString());
    }
}
