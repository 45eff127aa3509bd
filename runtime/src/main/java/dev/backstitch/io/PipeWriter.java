package dev.backstitch.io;

import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes to a blocking stream, on a thread of its own that starts with the first bytes; see {@link PipeReader}. */
final class PipeWriter extends Transport implements Runnable {
    /** Ends the thread, which closes the pipe. */
    private static final byte[] END = {};

    private final EventLoop loop;
    private final OutputStream out;
    private final FlowControl flow;
    private final String name;
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private boolean started;
    private boolean closing;
    private volatile boolean lost;

    private PipeWriter(EventLoop loop, OutputStream out, FlowControl flow, String name) {
        this.loop = loop;
        this.out = out;
        this.flow = flow;
        this.name = name;
    }

    /** A stream to {@code out}. */
    static StreamWriter open(EventLoop loop, OutputStream out, String name) {
        var flow = new FlowControl(loop);
        return new StreamWriter(new PipeWriter(loop, out, flow, name), flow, null);
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            for (byte[] data = queue.take(); data != END && !lost; data = queue.take()) {
                out.write(data);
                out.flush();
                int count = data.length;
                loop.callSoonThreadSafe(() -> flow.sent(count));
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException | IllegalStateException over) {
            // Its loop is closed.
        }
        try {
            out.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        Throwable end = failure;
        try {
            loop.callSoonThreadSafe(() -> ended(end));
        } catch (IllegalStateException closed) {
            // Nobody is there to be told.
        }
    }

    private void ended(Throwable failure) {
        closing = true;
        flow.lost(lost ? null : failure);
        lost = true;
    }

    private void enqueue(byte[] data) {
        queue.add(data);
        if (!started) {
            started = true;
            PipeThread.start(this, name);
        }
    }

    @Override
    void write(byte[] data) {
        if (!closing) {
            flow.added(data.length);
            enqueue(data);
        }
    }

    @Override
    void writeEof() {
        close();
    }

    @Override
    void close() {
        if (!closing) {
            closing = true;
            enqueue(END);
        }
    }

    @Override
    void abort() {
        lost = true;
        close();
    }

    @Override
    boolean isClosing() {
        return closing;
    }
}
