package dev.backstitch.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random programs do what CPython does, line by line: what they log, what each operation gives, the frames of each
 * exception, the state afterwards. The short, fixed part of it; {@link LongDifferentialRun} is the long one, and {@link FoundProgramsTest} keeps what such runs
 * have found.
 */
class DifferentialTest {
    private static final int RECORDED = 2000;
    private static final int LIVE = 200;
    private static final int MOST_REPORTED = 3;

    @Test
    void should_run_as_cpython_did_when_its_traces_were_recorded() throws Exception {
        Map<Long, String> recorded = RecordedTraces.read();
        assertTrue(recorded.size() >= RECORDED, recorded.size() + " programs");
        List<Divergence> divergences = new ArrayList<>();
        for (List<Program> batch : batches(recorded.keySet().stream().map(ProgramGenerator::make).toList())) {
            JavaRuns.of(batch).rewritten().forEach((program, trace) -> {
                Divergence divergence = Divergence.of(program, recorded.get(program.seed()), trace, null);
                if (divergence != null) {
                    divergences.add(divergence);
                }
            });
        }
        assertNone(divergences);
    }

    @Test
    void should_run_as_cpython_does_when_there_is_one() throws Exception {
        try (PythonRuns python = PythonRuns.start()) {
            assumeTrue(python != null, "no python 3.13 here");
            assertNone(LongDifferentialRun.compare(1_000_000, LIVE, python));
        }
    }

    @Test
    void should_have_recorded_what_cpython_does_when_there_is_one() throws Exception {
        try (PythonRuns python = PythonRuns.start()) {
            assumeTrue(python != null, "no python 3.13 here");
            Map<Long, String> traces = new LinkedHashMap<>();
            for (long seed = 0; seed < RECORDED; seed++) {
                traces.put(seed, python.run(ProgramGenerator.make(seed)));
            }
            if (Boolean.getBoolean("backstitch.fuzz.record")) {
                RecordedTraces.write(traces);
                RecordedTraces.writeCoverage(python.coverage());
            }
            assertEquals(traces, RecordedTraces.read());
            assertEquals(python.coverage().table(), RecordedTraces.coverage());
        }
    }

    @Test
    void should_have_reached_every_cell_that_can_be_reached() throws Exception {
        Coverage coverage = Coverage.of(RecordedTraces.coverage());
        assertEquals(List.of(), coverage.missing());
        Set<String> reachable = Cell.REACHABLE.stream().map(Cell::place).collect(Collectors.toSet());
        assertEquals(List.of(), coverage.cells().keySet().stream().filter(place -> !reachable.contains(place)).toList());
    }

    private static void assertNone(List<Divergence> divergences) {
        assertEquals("", divergences.stream().limit(MOST_REPORTED).map(Divergence::toString).collect(Collectors.joining("\n")),
                () -> divergences.size() + " programs differ");
    }

    static List<List<Program>> batches(List<Program> programs) {
        List<List<Program>> batches = new ArrayList<>();
        for (int i = 0; i < programs.size(); i += 100) {
            batches.add(programs.subList(i, Math.min(i + 100, programs.size())));
        }
        return batches;
    }
}
