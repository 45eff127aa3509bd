package dev.backstitch.tests.entangled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random programs of generators, coroutines or asynchronous generators that use one another log what they log under CPython. The
 * short, fixed part of it; {@link LongEntangledRun} is the long one.
 */
class EntangledTest {
    private static final int RECORDED = 2000;
    private static final int LIVE = 500;
    private static final int MOST_REPORTED = 3;

    @Test
    void should_log_what_cpython_did_when_it_was_recorded() throws Exception {
        Map<EntangledProgram, List<String>> recorded = RecordedLogs.read();
        assertTrue(recorded.size() >= RECORDED, recorded.size() + " programs");
        List<String> divergences = new ArrayList<>();
        recorded.forEach((program, expected) -> {
            List<String> log = EntangledRun.run(program);
            if (!log.equals(expected)) {
                divergences.add(program + "expected:\n" + String.join("\n", expected) + "\nwas:\n" + String.join("\n", log));
            }
        });
        assertNone(divergences);
    }

    @Test
    void should_log_what_cpython_does_when_there_is_one() throws Exception {
        try (PythonLogs python = PythonLogs.start()) {
            assumeTrue(python != null, "no python 3.13 here");
            LongEntangledRun run = new LongEntangledRun();
            run.compare(1_000_000, LIVE, python);
            assertNone(run.divergences());
        }
    }

    @Test
    void should_have_recorded_what_cpython_does_when_there_is_one() throws Exception {
        try (PythonLogs python = PythonLogs.start()) {
            assumeTrue(python != null, "no python 3.13 here");
            Map<EntangledProgram, List<String>> logs = new LinkedHashMap<>();
            for (long seed = 10_000_000; logs.size() < RECORDED; seed++) {
                EntangledProgram program = ProgramMaker.make(seed);
                logs.put(program, python.run(program));
            }
            if (Boolean.getBoolean("backstitch.fuzz.record")) {
                RecordedLogs.write(logs);
            }
            assertEquals(logs, RecordedLogs.read());
        }
    }

    @Test
    void should_read_what_it_has_written_when_a_program_is_text() {
        for (long seed = 0; seed < LIVE; seed++) {
            EntangledProgram program = ProgramMaker.make(seed);
            assertEquals(program, EntangledProgram.parse(program.toString()));
        }
    }

    private static void assertNone(List<String> divergences) {
        assertEquals("", String.join("\n", divergences.subList(0, Math.min(MOST_REPORTED, divergences.size()))),
                () -> divergences.size() + " programs differ");
    }
}
