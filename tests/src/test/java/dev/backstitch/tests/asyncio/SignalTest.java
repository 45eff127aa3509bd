package dev.backstitch.tests.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L15: Ctrl-C and the end of the JVM, sent to a JVM. */
class SignalTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Process process;
    private BufferedReader output;

    private void start(String program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SignalProgram.class.getName(), program));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        assertEquals("ready", output.readLine());
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** A JVM that was started with SIGINT ignored, as a shell's background jobs are, hands that on to its children. */
    private static void assumeCtrlC() throws IOException {
        assumeTrue(Files.exists(STATUS), "sends signals as on Linux");
        String ignored = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .trim();
        assumeTrue((Long.parseUnsignedLong(ignored, 16) & 1 << 1) == 0, "SIGINT is ignored here");
    }

    private void ctrlC() throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
    }

    private List<String> rest() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return lines;
    }

    @Test
    void should_cancel_the_main_task_and_throw_when_ctrl_c_comes() throws Exception {
        assumeCtrlC();
        start("cleansUp");
        ctrlC();
        assertEquals(List.of("finally", "interrupted: Ctrl-C", "end"), rest());
        assertEquals(0, process.exitValue());
    }

    @Test
    void should_throw_at_once_when_ctrl_c_comes_again() throws Exception {
        assumeCtrlC();
        start("refuses");
        ctrlC();
        assertEquals("refused", output.readLine());
        ctrlC();
        assertEquals(List.of("interrupted: Ctrl-C", "end"), rest());
        assertEquals(0, process.exitValue());
    }

    @Test
    void should_wake_a_call_that_blocks_the_loop_when_ctrl_c_comes_again() throws Exception {
        assumeCtrlC();
        start("blocks");
        ctrlC();
        assertEquals("refused", output.readLine());
        ctrlC();
        assertEquals(List.of("woken", "interrupted: Ctrl-C", "end"), rest());
        assertEquals(0, process.exitValue());
    }

    @Test
    void should_run_finally_blocks_when_the_jvm_is_told_to_end() throws Exception {
        start("cleansUp");
        process.toHandle().destroy(); // SIGTERM; the process itself would close the streams
        assertEquals("finally", rest().get(0));
        assertEquals(143, process.exitValue());
    }

    @Test
    void should_run_finally_blocks_when_another_thread_exits() throws Exception {
        start("exitsElsewhere");
        assertEquals("finally", rest().get(0));
        assertEquals(3, process.exitValue());
    }

    @Test
    void should_not_wait_for_a_loop_that_has_called_exit_itself() throws Exception {
        start("exits");
        assertEquals(List.of(), rest());
        assertEquals(3, process.exitValue());
    }

    /** test_runners.py::RunnerTests.test_signal_install_not_supported_ok: {@code -Xrs} is the JVM's way to refuse. */
    @Test
    void should_run_when_the_jvm_leaves_signals_alone() throws Exception {
        start("returns", "-Xrs");
        assertEquals(List.of("end"), rest());
        assertEquals(0, process.exitValue());
    }
}
