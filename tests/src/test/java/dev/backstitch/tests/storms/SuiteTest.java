package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small parts of other people's test suites in a storm, by the packaged agent; all of them: {@link LongStormRun}. */
class SuiteTest {
    @TempDir
    Path directory;

    @Test
    void should_end_as_without_a_storm_when_it_is_a_part_of_commons_lang() throws Exception {
        check(Suite.tests(
                "commons-lang3", "commons-lang3:tests", "org.apache.commons.lang3.*", ".*lang3\\.(tuple|mutable)\\..*Test"),
                200);
    }

    @Test
    void should_end_as_without_a_storm_when_it_is_a_part_of_commons_codec() throws Exception {
        check(Suite.tests(
                "commons-codec", "commons-codec:tests", "org.apache.commons.codec.*", ".*codec\\.(net|cli)\\..*Test"),
                60);
    }

    private void check(Suite suite, int least) throws Exception {
        SuiteRun run = SuiteRun.of(suite, directory);
        String log = Files.readString(run.log());
        assertEquals(List.of(), run.differences(), log);
        assertTrue(run.count("SUCCESSFUL") >= least, run + "\n" + log);
        assertTrue(run.suspensions() > 1_000, run + "\n" + log);
    }
}
