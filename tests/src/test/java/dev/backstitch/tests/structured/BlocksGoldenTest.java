package dev.backstitch.tests.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstitch.tests.harness.CPython;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Programs for the event loop made by chance do what they did in CPython 3.13: the same events in the same order, at the same
 * virtual time, in the same turn of the loop and the same task. {@code src/test/python/record_blocks.py} has recorded it; the long
 * run is {@link BlockRuns}.
 */
class BlocksGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final int RECORDED = 2000;

    @Test
    void should_do_what_python_did() throws Exception {
        List<String> lines;
        try (var in = new GZIPInputStream(Files.newInputStream(GOLDEN.resolve("blocks.txt.gz")))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        List<String> different = new ArrayList<>();
        int programs = 0;
        for (int i = 1; i < lines.size(); i += 2, programs++) {
            String did = BlockProgram.run(lines.get(i));
            if (!did.equals(lines.get(i + 1))) {
                different.add("line " + (i + 1) + ": " + lines.get(i)
                        + "\n  expected " + lines.get(i + 1) + "\n  but was  " + did);
            }
        }
        assertTrue(programs >= RECORDED, programs + " programs");
        String shown = different.stream().limit(5).collect(Collectors.joining("\n"));
        assertEquals(0, different.size(), () -> different.size() + " differ:\n" + shown);
    }

    /** The table of {@code block_cells.py}: what a task waits for, by its state, and what ends that. */
    @Test
    void should_have_reached_every_cell_that_can_be_reached() throws Exception {
        List<String> rows = Files.readAllLines(GOLDEN.resolve("blocks-coverage.md"));
        assertTrue(rows.size() > 50, rows.size() + " rows");
        assertEquals(List.of(), rows.stream().filter(row -> row.contains("| 0 |")).toList());
    }

    @Test
    void should_have_recorded_what_python_does_when_there_is_one() throws Exception {
        List<String> command = new ArrayList<>(CPython.find());
        assumeTrue(!command.isEmpty(), "no python 3.13 here");
        command.addAll(List.of("-B", "record_blocks.py", "--check"));
        Process process = CPython.start(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
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
