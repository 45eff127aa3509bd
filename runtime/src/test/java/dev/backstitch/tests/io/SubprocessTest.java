package dev.backstitch.tests.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.Subprocess;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** CPython's {@code test_subprocess.py}; each test names its method there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs that these tests start are those of POSIX")
class SubprocessTest {
    private static final int SIGKILL = 128 + 9;
    private static final int SIGTERM = 128 + 15;
    private static final int SIGALRM = 128 + 14;

    private final EventLoop loop = new EventLoop();
    private final List<LoopError> errors = new ArrayList<>();

    @BeforeEach
    void watch() {
        loop.setExceptionHandler(errors::add);
    }

    @AfterEach
    void close() {
        loop.close();
        assertEquals(List.of(), errors);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A program that waits for a signal. */
    private static Coroutine<Subprocess> blocked() throws IOException {
        return Subprocess.exec("sleep", "3600");
    }

    // ---------------------------------------------------------------- pipes

    @Async
    private static Coroutine<String> stdinStdout() throws IOException {
        Subprocess cat = await(Subprocess.exec("cat"));
        cat.stdin().write("some data");
        await(cat.stdin().drain());
        cat.stdin().close();
        String out = text(await(cat.stdout().read()));
        return Coroutine.of(out + " " + await(cat.waitFor()) + " " + cat.exitCode());
    }

    /** test_stdin_stdout. */
    @Test
    void should_give_back_what_is_sent_when_the_program_copies() throws Exception {
        assertEquals("some data 0 0", loop.runUntilComplete(stdinStdout()));
    }

    @Async
    private static Coroutine<String> communicate(String input, String... command) throws IOException {
        Subprocess process = await(Subprocess.exec(command));
        var output = await(process.communicate(input == null ? null : bytes(input)));
        return Coroutine.of(output.exitCode() + "|" + output.text().strip() + "|" + text(output.stderr()).strip());
    }

    /** test_communicate, test_communicate_none_input, test_empty_input, test_stdin_not_inheritable, test_devstdin_input. */
    @Test
    void should_send_the_input_and_collect_the_outputs_when_it_communicates() throws Exception {
        assertEquals("0|some data|", loop.runUntilComplete(communicate("some data", "cat")));
        assertEquals("0||", loop.runUntilComplete(communicate(null, "cat")));
        assertEquals("0|0|", loop.runUntilComplete(communicate("", "wc", "-c")));
        assertEquals("0|3|", loop.runUntilComplete(communicate("abc", "wc", "-c")));
        assertEquals("0|3|", loop.runUntilComplete(communicate("abc", "sh", "-c", "cat /dev/stdin | wc -c")));
        assertEquals("5|out|err", loop.runUntilComplete(communicate("x", "sh", "-c", "echo out; echo err >&2; exit 5")));
    }

    @Async
    private static Coroutine<Integer> shell(String command) throws IOException {
        Subprocess process = await(Subprocess.shell(command));
        return Coroutine.of(await(process.communicate()).exitCode());
    }

    /** test_shell. */
    @Test
    void should_give_the_exit_code_when_a_shell_ends() throws Exception {
        assertEquals(7, loop.runUntilComplete(shell("exit 7")));
    }

    @Async
    private static Coroutine<List<Object>> redirected(ProcessBuilder builder) throws IOException {
        Subprocess process = await(Subprocess.start(builder));
        List<Object> seen = new ArrayList<>();
        seen.add(process.stdin() != null);
        seen.add(process.stdout() != null);
        seen.add(process.stderr() != null);
        var output = await(process.communicate(process.stdin() == null ? null : bytes("abc")));
        seen.add(output.stdout() == null ? null : output.text().strip());
        seen.add(output.stderr() == null ? null : text(output.stderr()).strip());
        return Coroutine.of(seen);
    }

    /** test_devnull_input, test_devnull_output, test_devnull_error; and errors that go to the output. */
    @Test
    void should_have_no_pipe_when_a_stream_is_redirected() throws Exception {
        var none = ProcessBuilder.Redirect.DISCARD;
        List<Object> input = loop.runUntilComplete(redirected(
                new ProcessBuilder("wc", "-c").redirectInput(new java.io.File("/dev/null"))));
        assertEquals(List.of(false, true, true, "0", ""), input);
        List<Object> output = new ArrayList<>(List.of(true, false, true));
        Collections.addAll(output, null, "");
        assertEquals(output, loop.runUntilComplete(redirected(new ProcessBuilder("wc", "-c").redirectOutput(none))));
        List<Object> error = new ArrayList<>(List.of(true, true, false, "3"));
        error.add(null);
        assertEquals(error, loop.runUntilComplete(redirected(new ProcessBuilder("wc", "-c").redirectError(none))));
        List<Object> merged = new ArrayList<>(List.of(true, true, false, "out\nerr"));
        merged.add(null);
        assertEquals(merged, loop.runUntilComplete(redirected(
                new ProcessBuilder("sh", "-c", "echo out; echo err >&2").redirectErrorStream(true))));
    }

    @Async
    private static Coroutine<byte[]> muchOutput(int limit, int size) throws IOException {
        Subprocess process = await(Subprocess.start(
                new ProcessBuilder("sh", "-c", "head -c " + size + " /dev/zero | tr '\\0' x"), limit));
        return Coroutine.of(await(process.communicate()).stdout());
    }

    /** test_pause_reading, test_read_all_from_pipe_reader. */
    @Test
    void should_pass_on_everything_when_there_is_more_than_the_limit() throws Exception {
        for (int size : new int[] {21, 1_000_000}) {
            assertArrayEquals(bytes("x".repeat(size)), loop.runUntilComplete(muchOutput(10, size)));
        }
    }

    @Async
    private static Coroutine<Integer> readAfterExit() throws IOException {
        Subprocess process = await(Subprocess.shell("head -c 262144 /dev/zero"));
        int total = 0;
        for (byte[] part = await(process.stdout().read(65536)); part.length > 0;
                part = await(process.stdout().read(65536))) {
            total += part.length;
            if (total > 200_000) {
                await(process.waitFor()); // what is in the pipe outlives the process
            }
        }
        return Coroutine.of(total);
    }

    /** test_read_stdout_after_process_exit. */
    @Test
    void should_still_have_the_output_when_the_process_is_gone() throws Exception {
        assertEquals(262_144, loop.runUntilComplete(readAfterExit()));
    }

    @Async
    private static Coroutine<String> brokenPipe() throws IOException {
        Subprocess process = await(Subprocess.exec("true"));
        await(process.waitFor());
        try {
            for (int i = 0; i < 1_000; i++) {
                process.stdin().write(new byte[100_000]);
                await(process.stdin().drain());
            }
        } catch (IOException e) {
            return Coroutine.of("broken");
        }
        return Coroutine.of("all sent");
    }

    /** test_stdin_broken_pipe. */
    @Test
    void should_fail_in_drain_when_the_program_reads_no_more() throws Exception {
        assertEquals("broken", loop.runUntilComplete(brokenPipe()));
    }

    /** test_communicate_ignore_broken_pipe. */
    @Test
    void should_ignore_that_the_input_is_not_read_when_it_communicates() throws Exception {
        assertEquals("0||", loop.runUntilComplete(communicate("x".repeat(4 << 20), "true")));
    }

    // ---------------------------------------------------------------- ends

    @Async
    private static Coroutine<Integer> signalled(String how) throws IOException {
        Subprocess process = await(Subprocess.shell("trap - ALRM TERM; echo ready; sleep 3600 & wait"));
        assertEquals("ready\n", text(await(process.stdout().readLine())));
        assertNull(process.exitCode());
        switch (how) {
            case "kill" -> process.kill();
            case "terminate" -> process.terminate();
            default -> {
                Subprocess kill = await(Subprocess.exec("kill", "-" + how, Long.toString(process.pid())));
                await(kill.waitFor());
            }
        }
        int code = await(process.waitFor());
        process.kill(); // without effect
        process.terminate();
        return Coroutine.of(code);
    }

    /** test_kill, test_kill_issue43884, test_terminate, test_send_signal. */
    @Test
    void should_tell_the_signal_when_one_ended_it() throws Exception {
        assertEquals(SIGKILL, loop.runUntilComplete(signalled("kill")));
        assertEquals(SIGTERM, loop.runUntilComplete(signalled("terminate")));
        assertEquals(SIGALRM, loop.runUntilComplete(signalled("ALRM")));
    }

    @Async
    private static Coroutine<Integer> cancelWait() throws IOException {
        Subprocess process = await(blocked());
        Task<Integer> waiting = spawn(process.waitFor());
        await(sleep(Duration.ZERO));
        waiting.cancel();
        try {
            await(waiting);
        } catch (CancelledError e) {
            process.kill();
            return process.waitFor();
        }
        throw new AssertionError();
    }

    /** test_cancel_process_wait. */
    @Test
    void should_run_on_when_waiting_for_it_is_cancelled() throws Exception {
        assertEquals(SIGKILL, loop.runUntilComplete(cancelWait()));
    }

    @Async
    private static Coroutine<Boolean> cancelStart(int turns) throws IOException {
        Task<Subprocess> starting = spawn(Subprocess.exec("sleep", "36" + turns));
        for (int i = 0; i < turns; i++) {
            await(sleep(Duration.ZERO));
        }
        starting.cancel();
        try {
            Subprocess started = await(starting);
            started.kill();
            return Coroutine.of(false);
        } catch (CancelledError e) {
            return Coroutine.of(true);
        }
    }

    /** test_cancel_make_subprocess_transport_exec, test_cancel_post_init. */
    @Test
    void should_leave_no_process_when_its_start_is_cancelled() throws Exception {
        for (int turns = 0; turns < 4; turns++) {
            loop.runUntilComplete(cancelStart(turns));
        }
        loop.close(); // waits for the threads that were starting them
        List<String> left = ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().orElse("").matches(".*sleep 36\\d"))
                .map(child -> {
                    child.onExit().join(); // killed, if not yet gone
                    return child.toString();
                })
                .filter(child -> ProcessHandle.of(Long.parseLong(child)).isPresent())
                .collect(Collectors.toList());
        assertEquals(List.of(), left);
    }

    @Async
    private static Coroutine<Integer> leave(boolean finished) throws IOException {
        Subprocess kept;
        try (Subprocess process = await(finished ? Subprocess.exec("true") : blocked())) {
            kept = process;
            if (finished) {
                await(process.waitFor());
            }
        }
        return Coroutine.of(kept.exitCode());
    }

    /** test_close_kill_running, test_close_dont_kill_finished. */
    @Test
    void should_kill_what_runs_when_its_scope_ends() throws Exception {
        assertEquals(SIGKILL, loop.runUntilComplete(leave(false)));
        assertEquals(0, loop.runUntilComplete(leave(true)));
    }

    /** test_popen_error, test_popen_error_with_stdin_pipe. */
    @Test
    void should_fail_with_the_reason_when_it_cannot_be_started() throws Exception {
        Coroutine<Subprocess> missing = Subprocess.exec("/no/such/program");
        assertThrows(IOException.class, () -> loop.runUntilComplete(missing));
    }

    @Async
    private static Coroutine<String> environment(boolean shell) throws IOException {
        var builder = shell
                ? new ProcessBuilder("/bin/sh", "-c", "printf %s \"$FOO\"")
                : new ProcessBuilder("printenv", "FOO");
        builder.environment().put("FOO", "bar");
        Subprocess process = await(Subprocess.start(builder));
        var output = await(process.communicate());
        assertEquals(output.exitCode(), await(process.waitFor()));
        return Coroutine.of(output.text().strip());
    }

    /** test_create_subprocess_env_shell, test_create_subprocess_env_exec. */
    @Test
    void should_see_its_environment_when_one_is_given() throws Exception {
        assertEquals("bar", loop.runUntilComplete(environment(true)));
        assertEquals("bar", loop.runUntilComplete(environment(false)));
    }

    @Async
    private static Coroutine<List<Integer>> manyWait() throws IOException {
        Subprocess process = await(Subprocess.exec("cat"));
        List<Coroutine<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(process.waitFor());
        }
        Task<List<Integer>> codes = spawn(gatherAll(waiting));
        await(process.communicate(bytes("some data")));
        return Coroutine.of(await(codes));
    }

    @Async
    private static Coroutine<List<Integer>> gatherAll(List<Coroutine<Integer>> coroutines) {
        return Coroutine.of(await(gather(coroutines)));
    }

    /** test_subprocess_concurrent_wait. */
    @Test
    void should_tell_all_when_several_wait_for_the_exit() throws Exception {
        assertEquals(Collections.nCopies(10, 0), loop.runUntilComplete(manyWait()));
    }

    @Async
    private static Coroutine<List<String>> many() throws IOException {
        List<Coroutine<String>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(communicate(null, "echo", "foo" + i));
        }
        return Coroutine.of(await(gather(all)));
    }

    /** test_subprocess_communicate_stdout. */
    @Test
    void should_keep_the_outputs_apart_when_several_run_at_once() throws Exception {
        List<String> outputs = loop.runUntilComplete(many());
        for (int i = 0; i < 10; i++) {
            assertEquals("0|foo" + i + "|", outputs.get(i));
        }
    }

    @Async
    private static Coroutine<String> shown() throws IOException {
        Subprocess process = await(blocked());
        String running = process.toString();
        process.kill();
        await(process.waitFor());
        return Coroutine.of((running + process).replaceAll("\\d{3,}", "n"));
    }

    /** test_subprocess_repr. */
    @Test
    void should_show_its_state_when_printed() throws Exception {
        assertEquals("<Subprocess n running><Subprocess n exit code n>", loop.runUntilComplete(shown()));
    }

    @Async
    private static Coroutine<Subprocess> cancelledScope() throws IOException {
        List<Subprocess> kept = new ArrayList<>();
        try (CancelScope scope = CancelScope.open()) {
            try (Subprocess process = await(Subprocess.exec("cat"))) {
                kept.add(process);
                process.stdin().write("some data");
                await(process.stdout().readExactly(9)); // its threads have begun, and wait
                scope.cancel();
                await(sleep(Duration.ofDays(1)));
            }
        }
        return Coroutine.of(kept.get(0));
    }

    @Test
    void should_close_its_pipes_when_its_block_is_in_a_cancelled_scope() throws Exception {
        Subprocess process = loop.runUntilComplete(cancelledScope());
        assertTrue(process.stdin().isClosing());
        assertTrue(process.stdout().atEof());
        assertTrue(process.stderr().atEof());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("backstitch-pid-" + process.pid() + "-")) {
                thread.join();
            }
        }
    }

    @Async
    private static Coroutine<Integer> signalRace() throws IOException {
        for (int i = 0; i < 10; i++) {
            Subprocess process = await(Subprocess.exec("true"));
            process.terminate();
            assertNotEquals(255, await(process.waitFor()));
        }
        return Coroutine.of(10);
    }

    /** test_subprocess_send_signal_race. */
    @Test
    void should_tell_the_true_exit_when_it_is_signalled_as_it_ends() throws Exception {
        assertTrue(loop.runUntilComplete(signalRace()) == 10);
    }
}
