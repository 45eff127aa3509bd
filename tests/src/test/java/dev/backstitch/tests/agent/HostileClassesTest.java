package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.robustness.Processes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files nobody meant well, by the agent and by the command line. The short, fixed part of it: see {@link Processes}. */
class HostileClassesTest {
    private static final int DAMAGED = 150;

    @TempDir
    private Path directory;

    private Processes processes;

    @BeforeEach
    void write() throws Exception {
        processes = Processes.few(directory, 1, DAMAGED);
    }

    @Test
    void should_live_on_when_a_program_loads_damaged_and_hostile_classes_under_the_agent() throws Exception {
        processes.underTheAgent();
        assertEquals(List.of(), processes.failures());
    }

    @Test
    void should_refuse_with_a_code_and_write_nothing_by_halves_when_a_directory_has_damaged_and_hostile_classes()
            throws Exception {
        processes.onTheCommandLine();
        assertEquals(List.of(), processes.failures());
    }
}
