package dev.backstitch.io;

import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Feeds a reader from a blocking stream, on a thread of its own, because the JDK has no other way to a subprocess's output.
 * The thread reads the next piece when the loop has taken the last, and while the reader is not full.
 */
final class PipeReader extends Transport implements Runnable {
    private static final int READ_SIZE = 16 * 1024;

    private final EventLoop loop;
    private final InputStream in;
    private final StreamReader reader;
    /** What the thread needs to read on. */
    private final Semaphore turn = new Semaphore(1);
    private boolean paused;
    /** Whether the thread waits for a turn that was kept back while paused. */
    private boolean kept;
    private volatile boolean closing;

    private PipeReader(EventLoop loop, InputStream in, StreamReader reader) {
        this.loop = loop;
        this.in = in;
        this.reader = reader;
    }

    /** What {@code in} gives, as a stream. */
    static StreamReader open(EventLoop loop, InputStream in, int limit, String name) {
        var reader = new StreamReader(loop, limit);
        var pipe = new PipeReader(loop, in, reader);
        reader.setTransport(pipe);
        PipeThread.start(pipe, name);
        return reader;
    }

    @Override
    public void run() {
        byte[] piece = new byte[READ_SIZE];
        try (in) {
            int count = 0;
            while (count >= 0 && !closing) {
                turn.acquire();
                if (closing) {
                    break;
                }
                count = in.read(piece);
                int came = count;
                loop.callSoonThreadSafe(() -> take(piece, came));
            }
        } catch (InterruptedException | IllegalStateException over) {
            // Closed, or its loop is.
        } catch (IOException e) {
            try {
                loop.callSoonThreadSafe(() -> failed(e));
            } catch (IllegalStateException closed) {
                // Nobody is there to be told.
            }
        }
    }

    private void take(byte[] piece, int count) {
        if (closing) {
            return;
        }
        if (count < 0) {
            reader.feedEof();
            return;
        }
        reader.feedData(piece, 0, count);
        if (paused) {
            kept = true;
        } else {
            turn.release();
        }
    }

    private void failed(IOException failure) {
        if (!closing) {
            reader.setException(failure);
        }
    }

    @Override
    void pauseReading() {
        paused = true;
    }

    @Override
    void resumeReading() {
        paused = false;
        if (kept) {
            kept = false;
            turn.release();
        }
    }

    @Override
    void close() {
        closing = true;
        turn.release();
    }

    @Override
    void abort() {
        close();
    }

    @Override
    boolean isClosing() {
        return closing;
    }
}
