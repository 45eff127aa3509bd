package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process of the operating system and its pipes: asyncio's {@code create_subprocess_exec} and {@code Process}. In a
 * try-with-resources statement of an {@code @Async} method it is killed at the end if it still runs.
 *
 * <p>Each pipe takes a thread while it is open, because the JDK can only block on one. Belongs to its loop's thread.
 */
public final class Subprocess implements AsyncCloseable {

    /**
     * What {@link #communicate} gives.
     *
     * @param exitCode as {@link Process#exitValue}: 128 and the signal's number for one that a signal ended
     * @param stdout null where it was no pipe
     * @param stderr null where it was no pipe
     */
    public record Output(int exitCode, byte[] stdout, byte[] stderr) {
        /** {@code stdout} in UTF-8. */
        public String text() {
            return new String(stdout, StandardCharsets.UTF_8);
        }
    }

    private final Process process;
    private final StreamWriter stdin;
    private final StreamReader stdout;
    private final StreamReader stderr;

    private Subprocess(Process process, ProcessBuilder from, EventLoop loop, int limit) {
        this.process = process;
        String name = "pid-" + process.pid();
        boolean merged = from.redirectErrorStream();
        this.stdin = isPipe(from.redirectInput()) ? PipeWriter.open(loop, process.getOutputStream(), name + "-in") : null;
        this.stdout = isPipe(from.redirectOutput())
                ? PipeReader.open(loop, process.getInputStream(), limit, name + "-out")
                : null;
        this.stderr = !merged && isPipe(from.redirectError())
                ? PipeReader.open(loop, process.getErrorStream(), limit, name + "-err")
                : null;
    }

    private static boolean isPipe(ProcessBuilder.Redirect redirect) {
        return redirect == ProcessBuilder.Redirect.PIPE;
    }

    // ---------------------------------------------------------------- starting

    /** Starts a program with three pipes; as {@link #start(ProcessBuilder)}. */
    public static Coroutine<Subprocess> exec(String... command) throws IOException {
        return start(new ProcessBuilder(command));
    }

    /** As {@link #exec}, through {@code /bin/sh} or {@code cmd}. */
    public static Coroutine<Subprocess> shell(String command) throws IOException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return windows ? exec("cmd.exe", "/c", command) : exec("/bin/sh", "-c", command);
    }

    /** As {@link #start(ProcessBuilder, int)} with {@link StreamReader#DEFAULT_LIMIT}. */
    public static Coroutine<Subprocess> start(ProcessBuilder builder) throws IOException {
        return start(builder, StreamReader.DEFAULT_LIMIT);
    }

    /**
     * Starts what {@code builder} describes; what it redirects has no pipe. A process whose start is cancelled is killed.
     *
     * @param limit of the {@link StreamReader}s
     * @throws IOException if it cannot be started
     */
    @Async
    public static Coroutine<Subprocess> start(ProcessBuilder builder, int limit) throws IOException {
        EventLoop loop = EventLoop.current();
        Process process = await(Acquiring.acquire(builder::start, Process::destroyForcibly));
        return Coroutine.of(new Subprocess(process, builder, loop, limit));
    }

    // ---------------------------------------------------------------- its pipes

    /** The pipe to its standard input; null where that is redirected. */
    public StreamWriter stdin() {
        return stdin;
    }

    /** The pipe from its standard output; null where that is redirected. */
    public StreamReader stdout() {
        return stdout;
    }

    /** The pipe from its standard error; null where that is redirected, also to the output. */
    public StreamReader stderr() {
        return stderr;
    }

    /**
     * Sends {@code input}, closes the input, reads the outputs to their end, all at the same time, and waits for the exit.
     * That the program does not read all of its input is no error.
     *
     * @param input null, or what to send; needs a pipe then
     */
    @Async
    public Coroutine<Output> communicate(byte[] input) throws IOException {
        List<byte[]> read = await(gather(List.of(feed(input), drain(stdout), drain(stderr))));
        int exitCode = await(waitFor());
        return Coroutine.of(new Output(exitCode, read.get(1), read.get(2)));
    }

    /** {@code communicate(null)}. */
    public Coroutine<Output> communicate() throws IOException {
        return communicate(null);
    }

    @Async
    private Coroutine<byte[]> feed(byte[] input) {
        if (stdin == null) {
            if (input != null) {
                throw new IllegalStateException("the standard input is no pipe");
            }
            return Coroutine.of(null);
        }
        try {
            if (input != null) {
                stdin.write(input);
            }
            await(stdin.drain());
        } catch (IOException brokenPipe) {
            // It has read what it wanted.
        }
        stdin.close();
        return Coroutine.of(null);
    }

    @Async
    private static Coroutine<byte[]> drain(StreamReader stream) throws IOException {
        return stream == null ? Coroutine.of(null) : stream.read();
    }

    // ---------------------------------------------------------------- its end

    /** Waits for the exit: its code, as {@link Process#exitValue}. Any number of coroutines may wait. */
    @Async
    public Coroutine<Integer> waitFor() {
        return Coroutine.of(await(process.onExit()).exitValue());
    }

    /** The exit code; null while it runs. */
    public Integer exitCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /** Asks it to end ({@code SIGTERM}); without effect once it has. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it ({@code SIGKILL}); without effect once it has ended. */
    public void kill() {
        process.destroyForcibly();
    }

    /** The process as the JDK has it. */
    public Process process() {
        return process;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Kills it if it still runs, waits for its exit, and closes the pipes, also when the wait is cancelled. */
    @Async
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        if (process.isAlive()) {
            kill();
        }
        try {
            await(waitFor());
        } finally { // in a scope that is cancelled the wait ends at once
            if (stdin != null) {
                stdin.abort();
            }
            closePipe(stdout);
            closePipe(stderr);
        }
        return Coroutine.of(false);
    }

    private static void closePipe(StreamReader stream) {
        if (stream != null) {
            stream.closeTransport();
        }
    }

    @Override
    public String toString() {
        return "<Subprocess " + pid() + (process.isAlive() ? " running" : " exit code " + process.exitValue()) + ">";
    }
}
