package dev.backstitch.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random programs do what the same bodies do un-rewritten, on threads. The short, fixed part of it; {@link LongThreadRun}
 * is the long one.
 */
class OnThreadsTest {
    private static final int DRIVEN = 300;
    private static final int IN_PATTERNS = 60;

    /** The awaitables after so many use the bits of a pattern again. */
    private static final int BITS = 4;

    @Test
    void should_log_alike_rewritten_and_on_threads_whatever_is_pending() {
        assertAlike(BITS, LongStream.range(0, IN_PATTERNS).mapToObj(ProgramGenerator::make).toList());
    }

    @Test
    void should_log_alike_when_coroutines_run_by_themselves() {
        assertAlike(BITS, LongStream.range(0, IN_PATTERNS).mapToObj(ProgramGenerator::makeHot).toList());
    }

    @Test
    void should_run_alike_rewritten_and_on_threads_when_a_program_is_random() {
        assertAlike(0, LongStream.range(IN_PATTERNS, DRIVEN).mapToObj(ProgramGenerator::make).toList());
    }

    private static void assertAlike(int bits, List<Program> programs) {
        ThreadComparison comparison = new ThreadComparison(bits);
        DifferentialTest.batches(programs).forEach(comparison::add);
        assertEquals(List.of(), comparison.differences());
    }
}
