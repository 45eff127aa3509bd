package dev.backstitch.tests.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Programs for the event loop made by chance do what they did in CPython 3.13: the same events in the same order, at the same
 * virtual time, in the same turn of the loop and the same task. {@code src/test/python/record_blocks.py} has recorded it; the long
 * run is {@link BlockRuns}.
 */
class BlocksGoldenTest {
    @Test
    void should_do_what_python_did() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/blocks.txt"));
        List<String> different = new ArrayList<>();
        int programs = 0;
        for (int i = 1; i < lines.size(); i += 2, programs++) {
            String did = BlockProgram.run(lines.get(i));
            if (!did.equals(lines.get(i + 1))) {
                different.add("line " + (i + 1) + ": " + lines.get(i)
                        + "\n  expected " + lines.get(i + 1) + "\n  but was  " + did);
            }
        }
        assertTrue(programs >= 500, programs + " programs");
        String shown = different.stream().limit(5).collect(Collectors.joining("\n"));
        assertEquals(0, different.size(), () -> different.size() + " differ:\n" + shown);
    }

    @Test
    void should_do_what_python_does_when_there_is_one() throws Exception {
        try (BlockRuns python = BlockRuns.start()) {
            assumeTrue(python != null, "no python 3.13 here");
            assertEquals(List.of(), python.compare(1_000_000, 300));
        }
    }

    @Test
    void should_reduce_to_what_shows_it_when_programs_differ() {
        List<Object> program = BlockText.parse(
                "((sleep 1 5) (group 2 ((t1 (sleep 3 1) (cancel 4 t2)) (t2 (sleep 5 1))) ((try 6 ((raise 7) (sleep 8 0))))) (sleep 9 1))");
        assertEquals("((raise 7))", BlockText.write(BlockReducer.reduce(program, p -> BlockText.write(p).contains("(raise"))));
        assertEquals("((group 2 ((t1 (cancel 4 t2))) ()))",
                BlockText.write(BlockReducer.reduce(program, p -> BlockText.write(p).contains("(cancel"))));
    }
}
