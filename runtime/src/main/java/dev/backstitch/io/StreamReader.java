package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Bytes that come from a connection or a subprocess, to be read by one coroutine at a time: asyncio's
 * {@code StreamReader}. It holds about twice its limit of what nobody has read yet; then the sender has to wait.
 *
 * <p>One is also made by hand, and fed by {@link #feedData} and {@link #feedEof}, to turn callbacks into a stream.
 * Belongs to its loop's thread. Where a read fails, it does with the error that ended the connection; where it is
 * cancelled, nothing is lost.
 */
public final class StreamReader {
    /** 64 KiB. */
    public static final int DEFAULT_LIMIT = 1 << 16;

    private static final byte[] NONE = {};
    private static final byte[] NEWLINE = {'\n'};
    private static final LoopFuture<Void> FINE = Task.done();

    private final EventLoop loop;
    private final int limit;
    private final ByteQueue buffer = new ByteQueue();
    private Transport transport;
    private boolean paused;
    private boolean eof;
    /** The read that waits; null when none does. */
    private LoopFuture<Void> waiter;
    /** Failed with what ended the stream; null while nothing has. */
    private LoopFuture<Void> failed;

    /**
     * A reader on the loop of this thread.
     *
     * @throws IllegalStateException if there is none
     */
    public StreamReader() {
        this(EventLoop.current(), DEFAULT_LIMIT);
    }

    /**
     * A reader on {@code loop}.
     *
     * @param limit how many bytes a line, or what {@link #readUntil} returns, may have without its end; positive
     */
    public StreamReader(EventLoop loop, int limit) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.limit = limit;
        if (limit <= 0) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
    }

    void setTransport(Transport source) {
        transport = source;
    }

    /** Has the sender gone; what has come can still be read. */
    void closeTransport() {
        transport.close();
        if (!eof) {
            feedEof();
        }
    }

    // ---------------------------------------------------------------- feeding

    /**
     * Adds {@code data}.
     *
     * @throws IllegalStateException after {@link #feedEof}
     */
    public void feedData(byte[] data) {
        feedData(data, 0, data.length);
    }

    void feedData(byte[] data, int offset, int length) {
        if (eof) {
            throw new IllegalStateException("feedData() after feedEof()");
        }
        if (length == 0) {
            return;
        }
        buffer.add(data, offset, length);
        wake(null);
        if (transport != null && !paused && buffer.size() > 2L * limit) {
            paused = true;
            transport.pauseReading();
        }
    }

    /** Nothing more will come. */
    public void feedEof() {
        eof = true;
        wake(null);
    }

    /** Has this and every later read fail with {@code failure}. */
    public void setException(Throwable failure) {
        failed = Failures.failed(loop, Objects.requireNonNull(failure, "failure"));
        wake(failure);
    }

    private void wake(Throwable failure) {
        LoopFuture<Void> woken = waiter;
        waiter = null;
        if (woken != null && !woken.isDone()) {
            Failures.settle(woken, failure);
        }
    }

    /** What {@link #setException} was given, or what ended the connection; null if nothing was. */
    public Throwable exception() {
        return failed == null ? null : failed.failure();
    }

    /** Whether everything has come and been read. */
    public boolean atEof() {
        return eof && buffer.size() == 0;
    }

    // ---------------------------------------------------------------- reading

    /** Everything up to the end; there is no limit. */
    @Async
    public Coroutine<byte[]> read() throws IOException {
        await(checkFailed());
        while (!eof) {
            await(waitForData("read"));
        }
        return Coroutine.of(take(buffer.size()));
    }

    /**
     * As soon as there are any, at most {@code most} bytes; none at the end, or where {@code most} is 0. A negative number
     * means {@link #read()}.
     */
    @Async
    public Coroutine<byte[]> read(int most) throws IOException {
        await(checkFailed());
        if (most == 0) {
            return Coroutine.of(NONE);
        }
        if (most < 0) {
            return read();
        }
        if (buffer.size() == 0 && !eof) {
            await(waitForData("read"));
        }
        return Coroutine.of(take(Math.min(most, buffer.size())));
    }

    /**
     * Exactly {@code count} bytes; there is no limit.
     *
     * @throws IncompleteReadError if the stream ends before: what there is, is in the error and not in the stream
     * @throws IllegalArgumentException if {@code count} is negative
     */
    @Async
    public Coroutine<byte[]> readExactly(int count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("readExactly() size cannot be less than zero: " + count);
        }
        await(checkFailed());
        while (buffer.size() < count) {
            if (eof) {
                throw new IncompleteReadError(buffer.take(buffer.size()), count);
            }
            await(waitForData("readExactly"));
        }
        return Coroutine.of(take(count));
    }

    /**
     * A line with the {@code \n} at its end; without one at the end of the stream, and empty when there is nothing more.
     *
     * @throws LimitOverrunError if the line is longer than the limit. It is dropped, as far as it has come.
     */
    @Async
    public Coroutine<byte[]> readLine() throws IOException {
        try {
            return Coroutine.of(await(readUntil(NEWLINE)));
        } catch (IncompleteReadError end) {
            return Coroutine.of(end.partial());
        } catch (LimitOverrunError tooLong) {
            if (buffer.startsWith(NEWLINE, tooLong.consumed())) {
                buffer.take(tooLong.consumed() + 1);
            } else {
                buffer.clear();
            }
            maybeResume();
            throw tooLong;
        }
    }

    /**
     * The lines to the end, in UTF-8, without {@code \n} or {@code \r\n}: {@code async for line in reader}. The reader goes
     * on when this is closed.
     */
    @Async
    @Generator
    public AsyncGen<String> lines() throws IOException {
        for (byte[] line = await(readLine()); line.length > 0; line = await(readLine())) {
            Gen.yield(text(line));
        }
        return AsyncGen.end();
    }

    static String text(byte[] line) {
        int length = line.length;
        if (length > 0 && line[length - 1] == '\n') {
            length--;
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Everything up to a separator, and with it; of several, up to the one that ends first.
     *
     * @param separators at least one; none empty
     * @throws IncompleteReadError if the stream ends before: what there is, is in the error and not in the stream
     * @throws LimitOverrunError if it is longer than the limit; it stays in the stream
     */
    @Async
    public Coroutine<byte[]> readUntil(byte[]... separators) throws IOException {
        var wanted = new Separators(separators);
        await(checkFailed());
        while (!wanted.find(buffer)) {
            if (wanted.searched() > limit) {
                throw new LimitOverrunError(
                        "Separator is not found, and chunk exceed the limit", wanted.searched());
            }
            if (eof) {
                throw new IncompleteReadError(buffer.take(buffer.size()), -1);
            }
            await(waitForData("readUntil"));
        }
        if (wanted.start() > limit) {
            throw new LimitOverrunError("Separator is found, but chunk is longer than limit", wanted.start());
        }
        return Coroutine.of(take(wanted.end()));
    }

    private byte[] take(int count) {
        byte[] taken = count == 0 ? NONE : buffer.take(count);
        maybeResume();
        return taken;
    }

    private void maybeResume() {
        if (paused && buffer.size() <= limit) {
            paused = false;
            transport.resumeReading();
        }
    }

    /** To be awaited: throws what ended the stream, if anything did. */
    private LoopFuture<Void> checkFailed() {
        return failed == null ? FINE : failed;
    }

    @Async
    private Coroutine<Void> waitForData(String operation) {
        if (waiter != null) {
            throw new IllegalStateException(
                    operation + "() called while another coroutine is already waiting for incoming data");
        }
        if (paused) { // what is wanted is more than the limit
            paused = false;
            transport.resumeReading();
        }
        var own = new LoopFuture<Void>(loop);
        waiter = own;
        try {
            await(own);
        } finally {
            if (waiter == own) {
                waiter = null;
            }
        }
        return Coroutine.done();
    }

    @Override
    public String toString() {
        return "<StreamReader"
                + (buffer.size() > 0 ? " " + buffer.size() + " bytes" : "")
                + (eof ? " eof" : "")
                + (limit != DEFAULT_LIMIT ? " limit=" + limit : "")
                + (waiter != null ? " waiter=" + waiter : "")
                + (failed != null ? " exception=" + failed.failure() : "")
                + (transport != null ? " transport=" + transport : "")
                + (paused ? " paused" : "")
                + ">";
    }
}
