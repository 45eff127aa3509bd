package dev.backstitch.tests.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Programs of groups, timeouts, gatherings, waits and cancellations made by chance do what they did in CPython 3.13: the same
 * events in the same order, at the same virtual time, in the same task. {@code src/test/python/record_blocks.py} has recorded it.
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
}
