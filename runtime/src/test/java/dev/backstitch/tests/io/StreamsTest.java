package dev.backstitch.tests.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.Connection;
import dev.backstitch.io.ConnectionHandler;
import dev.backstitch.io.Server;
import dev.backstitch.io.Sockets;
import dev.backstitch.io.StreamWriter;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CPython's {@code test_streams.py} and {@code test_server.py} over the loopback interface; each test names its method there. */
class StreamsTest {
    private static final String HOST = "127.0.0.1";

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

    /** A server of another world: one connection, handled with blocking calls on a thread. */
    private static final class OtherServer implements AutoCloseable {
        interface Talk {
            void with(Socket client) throws IOException;
        }

        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName(HOST));
        private final CompletableFuture<Void> done;

        OtherServer(Talk talk) throws IOException {
            done = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    talk.with(client);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }

        static OtherServer http() throws IOException {
            return new OtherServer(client -> {
                var in = new java.io.BufferedReader(new java.io.InputStreamReader(client.getInputStream()));
                while (!in.readLine().isEmpty()) {
                    // the request
                }
                client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nTest message".getBytes());
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            done.join();
            socket.close();
        }
    }

    // ---------------------------------------------------------------- connections

    /** Connects as if by hand, and closes the coroutine where it waits for the answer. */
    @Async
    private static Coroutine<Void> closedWhileConnecting(ServerSocket server) throws IOException {
        while (true) {
            Coroutine<Connection> connecting = Sockets.openConnection(HOST, server.getLocalPort());
            try {
                connecting.send(null);
            } catch (StopIteration connectedAtOnce) {
                ((Connection) connectedAtOnce.value()).writer().abort();
                assertTrue(isOver(server));
                continue;
            }
            connecting.close();
            return Coroutine.done();
        }
    }

    /** Whether the other side has ended the next connection. */
    private static boolean isOver(ServerSocket server) throws IOException {
        try (Socket accepted = server.accept()) {
            accepted.setSoTimeout(10_000); // so that the test ends where it has not
            return accepted.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    @Test
    void should_close_its_socket_when_connecting_is_closed() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getByName(HOST))) {
            loop.runUntilComplete(closedWhileConnecting(server));
            assertTrue(isOver(server));
        }
    }

    @Test
    void should_close_its_socket_when_there_can_be_no_stream() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getByName(HOST))) {
            Coroutine<Connection> connecting = Sockets.openConnection(HOST, server.getLocalPort(), 0);
            assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(connecting));
            assertTrue(isOver(server));
        }
    }

    @Async
    private static Coroutine<String> get(int port, boolean waitClosed) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        StreamWriter writer = connection.writer();
        writer.write("GET / HTTP/1.0\r\n\r\n");
        String status = text(await(connection.reader().readLine()));
        String rest = text(await(connection.reader().read()));
        assertFalse(writer.isClosing());
        writer.close();
        assertTrue(writer.isClosing());
        if (waitClosed) {
            await(writer.waitClosed());
        }
        return Coroutine.of(status + "|" + rest);
    }

    /** test_open_connection, test_wait_closed_on_close, test_async_writer_api. */
    @Test
    void should_talk_to_a_server_when_connected() throws Exception {
        for (boolean waitClosed : new boolean[] {false, true}) {
            try (var server = OtherServer.http()) {
                assertEquals("HTTP/1.0 200 OK\r\n|\r\nTest message", loop.runUntilComplete(get(server.port(), waitClosed)));
            }
        }
    }

    @Async
    private static Coroutine<String> closeWithUnread(int port) throws IOException {
        Connection connection = await(Sockets.openConnection("localhost", port));
        connection.writer().write("GET / HTTP/1.0\r\n\r\n");
        String status = text(await(connection.reader().readLine()));
        connection.writer().close();
        await(connection.writer().waitClosed());
        return Coroutine.of(status);
    }

    /** test_wait_closed_on_close_with_unread_data. */
    @Test
    void should_close_when_not_everything_was_read() throws Exception {
        try (var server = OtherServer.http()) {
            assertEquals("HTTP/1.0 200 OK\r\n", loop.runUntilComplete(closeWithUnread(server.port())));
        }
    }

    @Async
    private static Coroutine<String> writeAfterClose(int port) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        connection.writer().write("GET / HTTP/1.0\r\n\r\n");
        String status = text(await(connection.reader().readLine()));
        await(connection.reader().read());
        connection.writer().close();
        try {
            connection.writer().write("data");
            await(connection.writer().drain());
        } catch (SocketException e) {
            return Coroutine.of(status + e.getMessage());
        }
        return Coroutine.of("nothing was thrown");
    }

    /** test_async_writer_api_exception_after_close. */
    @Test
    void should_say_that_the_connection_is_lost_when_it_was_closed_before_the_drain() throws Exception {
        try (var server = OtherServer.http()) {
            assertEquals("HTTP/1.0 200 OK\r\nConnection lost", loop.runUntilComplete(writeAfterClose(server.port())));
        }
    }

    @Async
    private static Coroutine<Boolean> closeAtOnce(int port) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        connection.writer().close();
        await(connection.writer().waitClosed());
        boolean ended = connection.reader().atEof();
        return Coroutine.of(ended && await(connection.reader().read()).length == 0);
    }

    /** test_eof_feed_when_closing_writer. */
    @Test
    void should_end_the_reader_when_the_writer_is_closed() throws Exception {
        try (var server = new OtherServer(client -> client.getInputStream().read())) {
            assertEquals(true, loop.runUntilComplete(closeAtOnce(server.port())));
        }
    }

    @Async
    private static Coroutine<Void> writeForEver(int port) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        while (true) {
            connection.writer().write("foo\n");
            await(connection.writer().drain());
        }
    }

    /** test_drain_raises. */
    @Test
    void should_fail_in_drain_when_the_other_side_is_gone() throws Exception {
        try (var server = new OtherServer(client -> {})) {
            Coroutine<Void> main = writeForEver(server.port());
            assertThrows(IOException.class, () -> loop.runUntilComplete(main));
        }
    }

    @Async
    private static Coroutine<Connection> open(int port) throws IOException {
        return Sockets.openConnection(HOST, port);
    }

    @Test
    void should_fail_with_the_reason_when_nobody_listens() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            free = socket.getLocalPort();
        }
        Coroutine<Connection> main = open(free);
        assertThrows(ConnectException.class, () -> loop.runUntilComplete(main));
    }

    // ---------------------------------------------------------------- servers

    @Async
    private static Coroutine<Void> echoLine(Connection connection) throws IOException {
        byte[] line = await(connection.reader().readLine());
        connection.writer().write(line);
        await(connection.writer().drain());
        connection.writer().close();
        await(connection.writer().waitClosed());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> ask(int port, String line) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        connection.writer().write(line);
        String answer = text(await(connection.reader().readLine()));
        connection.writer().close();
        await(connection.writer().waitClosed());
        return Coroutine.of(answer);
    }

    @Async
    private static Coroutine<String> serveOne(ConnectionHandler handler) throws IOException {
        Server server = Sockets.startServer(handler, HOST, 0);
        String answer = await(ask(server.port(), "hello world!\n"));
        assertTrue(server.isServing());
        server.stop();
        assertFalse(server.isServing());
        await(server.waitClosed());
        return Coroutine.of(answer);
    }

    /** test_start_server, with a coroutine and with a plain callback. */
    @Test
    void should_answer_when_a_server_is_started() throws Exception {
        assertEquals("hello world!\n", loop.runUntilComplete(serveOne(StreamsTest::echoLine)));
        assertEquals("hello world!\n", loop.runUntilComplete(serveOne(connection -> {
            spawn(echoLine(connection));
            return null;
        })));
    }

    @Async
    private static Coroutine<Void> sayWhereFrom(Connection connection) throws IOException {
        connection.writer().writeLines(List.of(
                (connection.remoteAddress().getPort() + "\n").getBytes(),
                (connection.localAddress().getPort() + "\n").getBytes()));
        await(connection.writer().drain());
        connection.writer().close();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> askWhereFrom() throws IOException {
        try (Server server = Sockets.startServer(StreamsTest::sayWhereFrom, HOST, 0);
                Connection connection = await(Sockets.openConnection(HOST, server.port()))) {
            assertEquals(server.port(), connection.remoteAddress().getPort());
            assertEquals(
                    connection.localAddress().getPort() + "\n" + server.port() + "\n",
                    text(await(connection.reader().read())));
        }
        return Coroutine.done();
    }

    @Test
    void should_know_both_addresses_when_connected() throws Exception {
        loop.runUntilComplete(askWhereFrom());
    }

    @Test
    void should_answer_when_the_loop_is_on_another_executor() throws Exception {
        assertEquals("hello world!\n", EventLoop.run(serveOne(StreamsTest::echoLine), Scheduler.forkJoin()));
    }

    @Async
    private static Coroutine<List<String>> crowd(int clients) throws IOException {
        Server server = Sockets.startServer(StreamsTest::echoLine, HOST, 0);
        List<Coroutine<String>> asking = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            asking.add(ask(server.port(), "line " + i + "\n"));
        }
        List<String> answers = await(gather(asking));
        server.stop();
        await(server.waitClosed());
        return Coroutine.of(answers);
    }

    @Test
    void should_serve_each_its_own_when_many_come_at_once() throws Exception {
        List<String> answers = loop.runUntilComplete(crowd(200));
        for (int i = 0; i < 200; i++) {
            assertEquals("line " + i + "\n", answers.get(i));
        }
    }

    @Async
    private static Coroutine<List<LoopError>> badHandler(List<LoopError> errors, Throwable failure) throws IOException {
        Server server = Sockets.startServer(connection -> failing(failure), HOST, 0);
        Connection client = await(Sockets.openConnection(HOST, server.port()));
        client.writer().write("test msg");
        try {
            await(client.reader().read());
        } catch (IOException reset) {
            // The server closed it, and may have done so before it had read.
        }
        client.writer().close();
        server.stop();
        await(server.waitClosed());
        List<LoopError> reported = List.copyOf(errors);
        errors.clear();
        return Coroutine.of(reported);
    }

    @Async
    private static Coroutine<Void> failing(Throwable failure) throws Exception {
        await(sleep(Duration.ZERO));
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    /** test_unhandled_exception, test_unhandled_cancel. */
    @Test
    void should_report_the_failure_and_close_when_a_handler_fails() throws Exception {
        var failure = new Exception("test");
        List<LoopError> reported = loop.runUntilComplete(badHandler(errors, failure));
        assertEquals(1, reported.size());
        assertTrue(reported.get(0).message().startsWith("unhandled exception in the handler of"));
        assertEquals(failure, reported.get(0).exception());
        assertEquals(List.of(), loop.runUntilComplete(badHandler(errors, new CancelledError())));
    }

    @Async
    private static Coroutine<Void> untilEof(Connection connection, List<String> events) throws IOException {
        try {
            await(connection.reader().read());
            events.add("eof");
        } catch (IOException e) {
            events.add("broken");
        }
        connection.writer().close();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<List<String>> ending(String how) throws IOException {
        List<String> events = new ArrayList<>();
        Server server = Sockets.startServer(connection -> untilEof(connection, events), HOST, 0);
        Connection client = await(Sockets.openConnection(HOST, server.port()));
        client.writer().write("x");
        while (server.connections().isEmpty()) {
            await(sleep(Duration.ZERO));
        }
        server.stop();
        LoopFuture<Void> over = server.waitClosed();
        for (int i = 0; i < 10; i++) {
            await(sleep(Duration.ZERO));
        }
        assertFalse(over.isDone(), "a connection is left");
        switch (how) {
            case "client closes" -> client.writer().close();
            case "closeClients" -> server.closeClients();
            case "abortClients" -> server.abortClients();
            default -> throw new AssertionError(how);
        }
        await(over);
        client.writer().close();
        await(server.waitClosed());
        return Coroutine.of(events);
    }

    /** test_server.py: test_wait_closed_basic, test_wait_closed_race, test_close_clients, test_abort_clients. */
    @Test
    void should_be_closed_when_the_last_connection_is_over() throws Exception {
        for (String how : List.of("client closes", "closeClients", "abortClients")) {
            assertEquals(List.of("eof"), loop.runUntilComplete(ending(how)));
        }
    }

    @Async
    private static Coroutine<List<String>> blocks(boolean fails) throws IOException {
        List<String> events = new ArrayList<>();
        try (Server server = Sockets.startServer(connection -> untilEof(connection, events), HOST, 0)) {
            try (Connection client = await(Sockets.openConnection(HOST, server.port()))) {
                while (server.connections().isEmpty()) {
                    await(sleep(Duration.ZERO));
                }
                if (fails) {
                    throw new IllegalStateException("body");
                }
            } finally {
                events.add("client closed");
            }
        } catch (IllegalStateException e) {
            events.add(e.getMessage());
        }
        events.add("server closed");
        return Coroutine.of(events);
    }

    /** The async with of a server and of a connection. */
    @Test
    void should_be_over_when_the_block_of_a_server_ends() throws Exception {
        List<String> ended = loop.runUntilComplete(blocks(false));
        assertEquals(Set.of("client closed", "eof", "server closed"), Set.copyOf(ended));
        assertEquals("server closed", ended.get(2));
        List<String> failed = loop.runUntilComplete(blocks(true));
        assertTrue(failed.contains("client closed"), failed::toString);
        assertEquals(List.of("body", "server closed"), failed.subList(failed.size() - 2, failed.size()));
    }

    @Async
    private static Coroutine<Boolean> forever() throws IOException {
        Server server = Sockets.startServer(StreamsTest::echoLine, HOST, 0);
        Task<Void> serving = spawn(server.serveForever());
        assertEquals("x\n", await(ask(server.port(), "x\n")));
        serving.cancel();
        try {
            await(serving);
        } catch (CancelledError e) {
            return Coroutine.of(!server.isServing());
        }
        return Coroutine.of(false);
    }

    @Test
    void should_stop_when_serving_for_ever_is_cancelled() throws Exception {
        assertTrue(loop.runUntilComplete(forever()));
    }

    // ---------------------------------------------------------------- back-pressure

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        return noise;
    }

    @Async
    private static Coroutine<byte[]> push(byte[] data) throws IOException {
        var received = new CompletableFuture<byte[]>();
        var read = new CompletableFuture<Void>();
        Server server = Sockets.startServer(connection -> slowReader(connection, read, received), HOST, 0);
        Connection client = await(Sockets.openConnection(HOST, server.port()));
        Task<Void> pushing = spawn(write(client.writer(), data));
        // The reader does not read: what is sent must come to a stop far from its end.
        for (int i = 0; i < 1_000; i++) {
            await(sleep(Duration.ZERO));
        }
        assertFalse(pushing.isDone(), "nothing held the writer back");
        read.complete(null);
        await(pushing);
        byte[] all = await(received);
        server.stop();
        await(server.waitClosed());
        return Coroutine.of(all);
    }

    @Async
    private static Coroutine<Void> write(StreamWriter writer, byte[] data) throws IOException {
        for (int from = 0; from < data.length; from += 10_000) {
            writer.write(Arrays.copyOfRange(data, from, Math.min(data.length, from + 10_000)));
            await(writer.drain());
        }
        writer.writeEof();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> slowReader(
            Connection connection, CompletableFuture<Void> start, CompletableFuture<byte[]> received)
            throws IOException {
        await(start);
        received.complete(await(connection.reader().read()));
        connection.writer().close();
        return Coroutine.done();
    }

    @Test
    void should_hold_the_writer_back_when_the_reader_is_slow() throws Exception {
        byte[] data = noise(30_000_000); // more than the system's buffers take
        assertArrayEquals(data, loop.runUntilComplete(push(data)));
    }

    @Async
    private static Coroutine<Integer> manyDrain(int port) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        byte[] much = noise(20_000_000);
        connection.writer().write(much);
        List<Task<Void>> drains = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            drains.add(spawn(connection.writer().drain()));
        }
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));
        for (Task<Void> drain : drains) {
            assertFalse(drain.isDone());
        }
        drains.get(3).cancel();
        connection.writer().writeEof();
        int drained = 0;
        for (Task<Void> drain : drains) {
            try {
                await(drain);
                drained++;
            } catch (CancelledError e) {
                // the fourth
            }
        }
        await(connection.reader().read());
        connection.writer().close();
        await(connection.writer().waitClosed());
        return Coroutine.of(drained);
    }

    /** test_multiple_drain. */
    @Test
    void should_wake_all_when_several_wait_for_room() throws Exception {
        try (var server = new OtherServer(client -> {
            client.getInputStream().readAllBytes();
            client.shutdownOutput();
        })) {
            assertEquals(9, loop.runUntilComplete(manyDrain(server.port())));
        }
    }

    @Async
    private static Coroutine<String> resetWhileReading(int port) throws IOException {
        Connection connection = await(Sockets.openConnection(HOST, port));
        connection.writer().write("x");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try {
                await(connection.reader().readLine());
            } catch (SocketException e) {
                seen.add("readLine");
            } catch (IOException e) {
                seen.add(e.toString());
            }
        }
        try {
            await(connection.writer().drain());
        } catch (IOException e) {
            seen.add("drain");
        }
        try {
            await(connection.writer().waitClosed());
        } catch (Exception e) {
            seen.add("waitClosed");
        }
        return Coroutine.of(String.join(" ", seen));
    }

    /** test_open_connection_error: what breaks the connection comes out of everything that is done with it. */
    @Test
    void should_fail_everywhere_when_the_connection_is_reset() throws Exception {
        try (var server = new OtherServer(client -> {
            client.getInputStream().read();
            client.setSoLinger(true, 0); // so that closing resets it
        })) {
            String seen = loop.runUntilComplete(resetWhileReading(server.port()));
            assertTrue(seen.endsWith("drain waitClosed"), seen);
        }
    }

    /** Cancels a connection while it is being made, or else closes it. */
    @Async
    private static Coroutine<Void> cancelledConnect(int port, int turns) throws IOException {
        Task<Connection> connecting = spawn(Sockets.openConnection(HOST, port));
        for (int i = 0; i < turns; i++) {
            await(sleep(Duration.ZERO));
        }
        connecting.cancel();
        try {
            Connection connection = await(connecting);
            connection.writer().close();
            await(connection.writer().waitClosed());
        } catch (CancelledError e) {
            // as it should be, if it was not too late
        }
        return Coroutine.done();
    }

    @Test
    void should_leave_no_connection_open_when_connecting_is_cancelled() throws Exception {
        for (int turns = 0; turns < 5; turns++) {
            try (var server = new OtherServer(client -> assertEquals(-1, client.getInputStream().read()))) {
                loop.runUntilComplete(cancelledConnect(server.port(), turns));
                new Socket(HOST, server.port()).close(); // in case the first one never got as far as the server
            }
        }
    }
}
