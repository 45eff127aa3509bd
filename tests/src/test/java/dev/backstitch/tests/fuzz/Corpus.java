package dev.backstitch.tests.fuzz;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** The random programs, for tests that ask something else of them than what they log. */
public final class Corpus {
    private Corpus() {}

    /**
     * Runs the programs of {@code count} seeds rewritten, one after the other.
     *
     * @param change what is done to their class files, by internal name, before they are rewritten
     * @param onlooker is given the object that an operation was done to, after each operation
     */
    public static void run(long first, int count, UnaryOperator<Map<String, byte[]>> change, Consumer<Object> onlooker) {
        List<Program> programs = LongStream.range(first, first + count).mapToObj(ProgramGenerator::make).toList();
        FuzzRig.onlooker(onlooker);
        try {
            JavaRuns.of(programs).rewritten(change);
        } finally {
            FuzzRig.onlooker(root -> {});
        }
    }
}
