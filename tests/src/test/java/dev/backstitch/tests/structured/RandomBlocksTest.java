package dev.backstitch.tests.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs many {@link RandomBlocks}. */
class RandomBlocksTest {
    private static final int PROGRAMS = 3000;

    @Test
    void should_leave_nothing_behind_whatever_the_program_does() {
        int interrupted = 0;
        int blocks = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            var program = new RandomBlocks(new Random(seed));
            var loop = VirtualLoop.create();
            try {
                loop.runReporting(program::program);
            } catch (Throwable t) {
                throw new AssertionError("program " + seed, t);
            }
            assertEquals(List.of(), program.violations, "program " + seed);
            assertEquals(List.of(), loop.errors, "program " + seed);
            interrupted += program.interrupted;
            blocks += program.blocks;
        }
        assertTrue(interrupted > PROGRAMS && blocks > PROGRAMS, interrupted + " sleeps interrupted in " + blocks + " blocks");
    }
}
