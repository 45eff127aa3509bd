package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long runs of storms fail when they do nothing. */
class LongStormRunTest {
    @TempDir
    Path directory;

    @Test
    void should_fail_when_there_is_no_such_part() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> LongStormRun.run("", "nosuch", ".", "1", ""));
        assertEquals("-Dbackstitch.storms=nosuch is none of [all, suites, java.base, jars]", e.getMessage());
    }

    @Test
    void should_fail_when_a_repository_has_no_jar() throws Exception {
        assertFalse(LongStormRun.run("", "jars", ".", "1", directory.toString()));
    }

    @Test
    void should_fail_when_no_suite_has_such_a_name() {
        List<Suite> suites = List.of(Suite.program("kotlinc", List.of()), Suite.program("scalac", List.of()));
        assertEquals(List.of(suites.get(1)), LongSuiteRun.matching(suites, "sca"));
        Exception e = assertThrows(IllegalArgumentException.class, () -> LongSuiteRun.matching(suites, "nosuch"));
        assertEquals("no suite has a name like nosuch; there are kotlinc; scalac", e.getMessage());
    }

    @Test
    void should_fail_when_a_suite_is_not_suspended_or_fails_as_it_is() {
        assertEquals(List.of(), suiteRun(0, 1, 1).problems());
        assertEquals(1, suiteRun(0, 1, 0).problems().size());
        assertEquals(1, suiteRun(0, 0, 0).problems().size());
        assertEquals(1, suiteRun(1, 1, 1).problems().size());
    }

    private SuiteRun suiteRun(int status, long methods, long suspensions) {
        Map<String, String> results = Map.of("a test", "SUCCESSFUL", SuiteRun.STATUS, String.valueOf(status));
        return new SuiteRun(Suite.program("a suite", List.of()), results, results, methods, suspensions, directory);
    }

    @Test
    void should_take_every_jar_but_our_own_when_the_repository_is_called_like_us() throws IOException {
        Path repository = directory.resolve("backstitch/repository");
        List<Path> expected = List.of(
                jar(repository, "dev/backstitch-like/it/1/it-1.jar"),
                jar(repository, "org/ow2/asm/asm/9.10.1/asm-9.10.1-tests.jar"),
                jar(repository, "org/ow2/asm/asm/9.10.1/asm-9.10.1.jar"),
                jar(repository, "org/ow2/asm/asm/9.9/asm-9.9.jar"));
        jar(repository, "dev/backstitch/backstitch-engine/1/backstitch-engine-1.jar");
        jar(repository, "org/ow2/asm/asm/9.9/asm-9.9.pom");
        assertEquals(expected, CorpusClasses.jarsOf(repository));
    }

    private static Path jar(Path repository, String name) throws IOException {
        Path jar = repository.resolve(name);
        Files.createDirectories(jar.getParent());
        return Files.createFile(jar);
    }

    @Test
    void should_take_a_class_once_when_several_jars_have_it() {
        Selection selection = new Selection(2);
        assertTrue(selection.takes(new byte[] {1}));
        assertFalse(selection.takes(new byte[] {1}));
        assertFalse(selection.takes(new byte[] {2}));
        assertTrue(selection.takes(new byte[] {3}));
        assertEquals(1, selection.duplicates());
    }
}
