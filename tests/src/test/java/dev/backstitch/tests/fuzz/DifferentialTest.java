package dev.backstitch.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random programs do what CPython does, line by line: what they log, what each operation gives, the frames of each
 * exception, the state afterwards. The short, fixed part of it; {@link LongDifferentialRun} is the long one.
 */
class DifferentialTest {
    private static final int RECORDED = 2000;
    /** Programs that showed a fault in longer runs. */
    private static final List<Long> FOUND = List.of(10_018_297L, 10_057_481L, 310_051_602L, 330_034_051L);
    private static final int LIVE = 200;
    private static final int ON_THREADS = 300;
    private static final int IN_PATTERNS = 60;
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
            for (long seed : FOUND) {
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

    @Test
    void should_log_alike_rewritten_and_on_threads_whatever_is_pending() {
        assertAlikeUnderEveryPattern(LongStream.range(0, IN_PATTERNS).mapToObj(ProgramGenerator::make).toList());
    }

    @Test
    void should_log_alike_when_coroutines_run_by_themselves() {
        assertAlikeUnderEveryPattern(LongStream.range(0, IN_PATTERNS).mapToObj(ProgramGenerator::makeHot).toList());
    }

    private static void assertAlikeUnderEveryPattern(List<Program> programs) {
        for (List<Program> batch : batches(programs)) {
            JavaRuns runs = JavaRuns.of(batch);
            Map<Program, List<String>> rewritten = runs.rewrittenPatterns();
            Map<Program, List<String>> onThreads = runs.patternsOnThreads();
            assertTrue(rewritten.size() > batch.size() / 3);
            rewritten.forEach((program, logs) -> {
                String ready = onThreads.get(program).get(0);
                assertEquals(Collections.nCopies(logs.size(), ready), onThreads.get(program), () -> "seed " + program.seed());
                assertEquals(Collections.nCopies(logs.size(), ready), logs, () -> "seed " + program.seed());
            });
        }
    }

    @Test
    void should_run_alike_rewritten_and_on_threads_when_a_program_is_random() {
        List<Program> programs = LongStream.range(0, ON_THREADS).mapToObj(ProgramGenerator::make).toList();
        for (List<Program> batch : batches(programs)) {
            JavaRuns runs = JavaRuns.of(batch);
            Map<Program, String> rewritten = runs.rewritten();
            runs.onThreads().forEach((program, trace) ->
                    assertEquals(trace, withoutFrames(rewritten.get(program)), () -> "seed " + program.seed()));
        }
    }

    /** Stacks of threads show other frames. */
    private static String withoutFrames(String trace) {
        return trace.replaceAll(" at f[^ \n]*", "");
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
