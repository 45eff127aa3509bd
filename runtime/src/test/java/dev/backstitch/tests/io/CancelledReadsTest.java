package dev.backstitch.tests.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.Connection;
import dev.backstitch.io.IncompleteReadError;
import dev.backstitch.io.LimitOverrunError;
import dev.backstitch.io.Server;
import dev.backstitch.io.Sockets;
import dev.backstitch.io.StreamReader;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of every kind over a real connection, cancelled at random: each byte comes once, in order. */
class CancelledReadsTest {
    private static final int SIZE = 200_000;

    private static String text(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append("x".repeat(random.nextInt(60))).append(random.nextInt(3) == 0 ? ";" : "\n");
        }
        return text.toString();
    }

    @Async
    private static Coroutine<Void> write(Connection connection, String text, Random random) throws IOException {
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5_000));
            connection.writer().write(text.substring(at, end));
            await(connection.writer().drain());
            at = end;
            if (random.nextBoolean()) {
                await(sleep(Duration.ZERO));
            }
        }
        connection.writer().close();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<byte[]> read(StreamReader reader, int kind, int size) throws IOException {
        try {
            return Coroutine.of(switch (kind) {
                case 0 -> await(reader.read(size));
                case 1 -> await(reader.readLine());
                case 2 -> await(reader.readUntil(new byte[] {';'}, new byte[] {'\n'}));
                default -> await(reader.readExactly(size));
            });
        } catch (IncompleteReadError end) {
            return Coroutine.of(end.partial());
        } catch (LimitOverrunError tooLong) {
            return reader.read(100);
        }
    }

    @Async
    private static Coroutine<String> transfer(long seed) throws IOException {
        var random = new Random(seed);
        String text = text(seed);
        Server server = Sockets.startServer(connection -> write(connection, text, random), "127.0.0.1", 0);
        Connection client = await(Sockets.openConnection("127.0.0.1", server.port(), 4_000));
        var got = new StringBuilder();
        int cancelled = 0;
        while (!client.reader().atEof()) {
            Task<byte[]> reading = spawn(read(client.reader(), random.nextInt(4), 1 + random.nextInt(9_000)));
            for (int turns = random.nextInt(4); turns > 0 && !reading.isDone(); turns--) {
                await(sleep(Duration.ZERO));
            }
            if (random.nextBoolean()) {
                reading.cancel();
            }
            try {
                got.append(new String(await(reading), StandardCharsets.US_ASCII));
            } catch (CancelledError e) {
                cancelled++;
            }
        }
        client.writer().close();
        server.stop();
        await(server.waitClosed());
        return Coroutine.of(got.toString().equals(text) && cancelled > 0
                ? "all, once, in order"
                : got.length() + " bytes of " + text.length() + ", cancelled " + cancelled);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void should_lose_and_repeat_nothing_when_reads_are_cancelled(long seed) throws Exception {
        assertEquals("all, once, in order", EventLoop.run(transfer(seed)));
        assertEquals("all, once, in order", EventLoop.run(transfer(seed), Scheduler.forkJoin()));
    }
}
