package dev.backstitch.io;

import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A connected channel between a reader and a writer. There is always one read under way unless the reader is full, and one
 * write while there is something to send. Belongs to the loop; the channel's threads only hand over.
 */
final class SocketTransport extends Transport {
    private static final int READ_SIZE = 16 * 1024;
    /** How many pieces go in one write. */
    private static final int GATHERED = 16;

    /** One operation's end, brought to the loop. */
    private final class OnLoop<N extends Number> implements CompletionHandler<N, Void> {
        private final boolean read;

        OnLoop(boolean read) {
            this.read = read;
        }

        @Override
        public void completed(N count, Void attachment) {
            hand(count.longValue(), null);
        }

        @Override
        public void failed(Throwable failure, Void attachment) {
            hand(0, failure);
        }

        private void hand(long count, Throwable failure) {
            try {
                loop.callSoonThreadSafe(() -> {
                    if (read) {
                        onRead((int) count, failure);
                    } else {
                        onWritten(count, failure);
                    }
                });
            } catch (IllegalStateException closedLoop) {
                closeChannel();
            }
        }
    }

    private final EventLoop loop;
    private final AsynchronousSocketChannel channel;
    private final StreamReader reader;
    private final FlowControl flow;
    private final Runnable onLost;
    private final OnLoop<Integer> onRead = new OnLoop<>(true);
    private final OnLoop<Long> onWritten = new OnLoop<>(false);
    private final ByteBuffer in = ByteBuffer.allocate(READ_SIZE);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private boolean reading;
    private boolean paused;
    private boolean atEof;
    private boolean writing;
    private boolean eofWanted;
    private boolean closing;
    /** The connection is over, or the loop is about to say so. */
    private boolean lost;

    /** {@code onLost} is run once the connection is over. */
    SocketTransport(
            EventLoop loop, AsynchronousSocketChannel channel, StreamReader reader, FlowControl flow, Runnable onLost) {
        this.loop = loop;
        this.channel = channel;
        this.reader = reader;
        this.flow = flow;
        this.onLost = onLost;
        reader.setTransport(this);
    }

    // ---------------------------------------------------------------- reading

    /** Begins to read, or goes on. */
    void read() {
        if (reading || paused || atEof || closing || lost) {
            return;
        }
        reading = true;
        channel.read(in.clear(), null, onRead);
    }

    private void onRead(int count, Throwable failure) {
        reading = false;
        if (closing || lost) {
            return;
        }
        if (failure != null) {
            lose(failure);
        } else if (count < 0) {
            atEof = true;
            reader.feedEof();
        } else {
            reader.feedData(in.array(), 0, count);
            read();
        }
    }

    @Override
    void pauseReading() {
        paused = true;
    }

    @Override
    void resumeReading() {
        paused = false;
        read();
    }

    // ---------------------------------------------------------------- writing

    @Override
    void write(byte[] data) {
        if (eofWanted) {
            throw new IllegalStateException("Cannot call write() after writeEof()");
        }
        if (closing || lost) {
            return;
        }
        out.add(ByteBuffer.wrap(data));
        flow.added(data.length);
        send();
    }

    private void send() {
        if (!writing && !out.isEmpty()) {
            writing = true;
            ByteBuffer[] first = out.stream().limit(GATHERED).toArray(ByteBuffer[]::new);
            channel.write(first, 0, first.length, 0, TimeUnit.SECONDS, null, onWritten);
        }
    }

    private void onWritten(long count, Throwable failure) {
        writing = false;
        if (lost) {
            return;
        }
        if (failure != null) {
            lose(failure);
            return;
        }
        while (!out.isEmpty() && !out.peek().hasRemaining()) {
            out.remove();
        }
        flow.sent(count);
        send();
        afterLast();
    }

    /** What is to happen once everything is sent. */
    private void afterLast() {
        if (!out.isEmpty() || lost) {
            return;
        }
        if (closing) {
            lose(null);
        } else if (eofWanted) {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                lose(e);
            }
        }
    }

    @Override
    void writeEof() {
        if (!eofWanted && !closing && !lost) {
            eofWanted = true;
            afterLast();
        }
    }

    // ---------------------------------------------------------------- the end

    @Override
    void close() {
        if (!closing) {
            closing = true;
            afterLast();
        }
    }

    @Override
    void abort() {
        closing = true;
        lose(null);
    }

    /** The connection is over; reader and writers are told in the next turn. */
    private void lose(Throwable failure) {
        if (lost) {
            return;
        }
        lost = true;
        closing = true;
        out.clear();
        closeChannel();
        loop.callSoon(() -> {
            if (failure != null) {
                reader.setException(failure);
            } else if (!atEof) {
                reader.feedEof();
            }
            flow.lost(failure);
            onLost.run();
        });
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    boolean isClosing() {
        return closing;
    }


    @Override
    public String toString() {
        return "<SocketTransport " + (lost ? "closed" : closing ? "closing" : "open") + " " + channel + ">";
    }
}
