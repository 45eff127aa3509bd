package dev.backstitch.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.fuzz.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A suspended frame keeps nothing that will not be used. The short, fixed part of it; {@link LongLeakRun} is the long one. In a
 * JVM of its own, where nothing else is collected.
 */
class LeaksTest {
    private static final int PROGRAMS = 80;

    /** Longer than it takes on any machine: what runs on is stuck. */
    private static final int MINUTES = 5;

    @Test
    void should_keep_only_what_may_be_used_when_suspended(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LongLeakRun.class.getName(), String.valueOf(PROGRAMS), "1")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs");
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    /** Else the walk over the heap could not find anything at all. */
    @Test
    void should_find_every_reference_when_code_notes_none_as_of_use() {
        HeapWalk walk = new HeapWalk();
        List<String> found = new ArrayList<>();
        Notes.clear();
        Corpus.run(1, 5, classFiles -> classFiles, root -> found.addAll(walk.from(root)));
        assertTrue(walk.held > 0);
        assertEquals(walk.held, found.size());
    }
}
