package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.Connection;
import dev.backstitch.io.Sockets;
import dev.backstitch.loop.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks a server for one page over and over, on many connections at once: each asks again when it has its answer. */
final class LoadClient {
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
    private static final byte[] END_OF_CHUNKS = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};
    private static final int LIMIT = 1 << 20;

    /**
     * What came of it.
     *
     * @param nanos how long each answer took, ascending
     * @param seconds how long it took altogether
     */
    record Result(long[] nanos, double seconds) {
        double perSecond() {
            return nanos.length / seconds;
        }

        /** In milliseconds, how long an answer took that {@code share} of them were faster than. */
        double millis(double share) {
            return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }
    }

    private final int port;
    private final byte[] request;
    private final long end;
    private long[] nanos = new long[1 << 16];
    private int count;

    private LoadClient(int port, String path, long end) {
        this.port = port;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        this.end = end;
    }

    /** Asks for {@code path} on {@code connections} for {@code seconds}. */
    static Result run(int port, String path, int connections, double seconds) throws IOException {
        long start = System.nanoTime();
        var client = new LoadClient(port, path, start + (long) (seconds * 1e9));
        EventLoop.run(client.all(connections));
        long[] nanos = Arrays.copyOf(client.nanos, client.count);
        Arrays.sort(nanos);
        return new Result(nanos, (System.nanoTime() - start) / 1e9);
    }

    @Async
    private Coroutine<Void> all(int connections) throws IOException {
        List<Coroutine<Void>> each = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            each.add(one());
        }
        await(gather(each));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> one() throws IOException {
        Connection connection = await(Sockets.openConnection("127.0.0.1", port, LIMIT));
        do {
            long start = System.nanoTime();
            connection.writer().write(request);
            String headers = new String(
                    await(connection.reader().readUntil(END_OF_HEADERS)), StandardCharsets.US_ASCII);
            if (!headers.startsWith("HTTP/1.1 200")) {
                throw new IOException(headers);
            }
            int length = headers.indexOf("content-length: ");
            if (length >= 0) {
                length += "content-length: ".length();
                int size = Integer.parseInt(headers.substring(length, headers.indexOf('\r', length)));
                await(connection.reader().readExactly(size));
            } else {
                await(connection.reader().readUntil(END_OF_CHUNKS));
            }
            add(System.nanoTime() - start);
        } while (System.nanoTime() < end);
        connection.writer().close();
        return Coroutine.done();
    }

    private void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }
}
