package dev.backstitch.tests.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.AsyncFile;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AsyncFileTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("file.txt");
    }

    @Async
    private static Coroutine<String> wholeFiles(Path path) throws IOException {
        await(AsyncFile.writeString(path, "one\n"));
        await(AsyncFile.writeString(path, "tw\u00f6\n", APPEND));
        return Coroutine.of(await(AsyncFile.readString(path)) + await(AsyncFile.readAllBytes(path)).length);
    }

    @Test
    void should_give_back_what_was_written_when_a_file_is_read() throws Exception {
        assertEquals("one\ntw\u00f6\n9", EventLoop.run(wholeFiles(file())));
    }

    @Async
    private static Coroutine<String> positions(Path path) throws IOException {
        AsyncFile file = await(AsyncFile.open(path, CREATE, READ, WRITE));
        await(file.write("0123456789".getBytes()));
        String at = "" + file.position();
        file.seek(3);
        at += " " + new String(await(file.read(4))) + " " + file.position();
        at += " " + new String(await(file.read(100))) + " " + await(file.read(100)).length + await(file.read(0)).length;
        await(file.force());
        assertFalse(await(file.exit(null)));
        AsyncFile end = await(AsyncFile.open(path, APPEND));
        at += " " + end.position() + " " + end.size();
        await(end.write("ab".getBytes()));
        assertFalse(await(end.exit(null)));
        return Coroutine.of(at);
    }

    @Test
    void should_move_its_position_when_it_reads_and_writes() throws Exception {
        assertEquals("10 3456 7 789 00 10 10", EventLoop.run(positions(file())));
        assertEquals("0123456789ab", Files.readString(file()));
    }

    @Async
    private static Coroutine<List<String>> lines(Path path, int most) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : awaitEach(AsyncFile.lines(path))) {
            lines.add(line);
            if (lines.size() == most) {
                break;
            }
        }
        return Coroutine.of(lines);
    }

    @Test
    void should_give_each_line_when_a_file_is_iterated() throws Exception {
        Files.writeString(file(), "a\r\n\nb\nend");
        assertEquals(List.of("a", "", "b", "end"), EventLoop.run(lines(file(), -1)));
        assertEquals(List.of("a", ""), EventLoop.run(lines(file(), 2)));

        List<String> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add("line " + i + " " + "x".repeat(i % 50));
        }
        many.add("y".repeat(300_000)); // longer than what is read at once
        Files.write(file(), many);
        assertEquals(many, EventLoop.run(lines(file(), -1)));
    }

    /** Where the file stands after a read of three bytes that was cancelled, maybe too late, and what comes then. */
    @Async
    private static Coroutine<String> cancelled(Path path, int turns) throws IOException {
        try (AsyncFile file = await(AsyncFile.open(path))) {
            Task<byte[]> reading = spawn(file.read(3));
            for (int i = 0; i < turns; i++) {
                await(sleep(Duration.ZERO));
            }
            reading.cancel();
            try {
                assertEquals("abc", new String(await(reading)));
                assertEquals(3, file.position());
                return Coroutine.of("too late " + new String(await(file.read(3))));
            } catch (CancelledError e) {
                assertEquals(0, file.position());
                return Coroutine.of("cancelled " + new String(await(file.read(3))));
            }
        }
    }

    @Test
    void should_stay_where_it_was_when_a_read_is_cancelled() throws Exception {
        Files.writeString(file(), "abcdef");
        assertEquals("cancelled abc", EventLoop.run(cancelled(file(), 0)));
        for (int turns = 1; turns < 10; turns++) {
            String seen = EventLoop.run(cancelled(file(), turns));
            assertTrue(seen.equals("cancelled abc") || seen.equals("too late def"), seen);
        }
    }

    /** How often two reads at once are tried until one is refused, because the other one is under way. */
    @Async
    private static Coroutine<Void> twoAtOnce(Path path) throws IOException {
        try (AsyncFile file = await(AsyncFile.open(path))) {
            while (true) {
                file.seek(0);
                Task<byte[]> first = spawn(file.read(5));
                Task<byte[]> second = spawn(file.read(1));
                try {
                    await(second);
                } catch (IllegalStateException refused) {
                    assertEquals("abcde", new String(await(first)));
                    return Coroutine.done();
                }
                await(first);
            }
        }
    }

    @Test
    void should_refuse_a_second_operation_when_one_is_under_way() throws Exception {
        Files.writeString(file(), "abcdef");
        EventLoop.run(twoAtOnce(file()));
    }

    @Async
    private static Coroutine<AsyncFile> closedAfterBlock(Path path) throws IOException {
        AsyncFile kept;
        try (AsyncFile file = await(AsyncFile.open(path))) {
            kept = file;
        }
        return Coroutine.of(kept);
    }

    @Test
    void should_be_closed_when_its_block_ends() throws Exception {
        Files.writeString(file(), "");
        AsyncFile file = EventLoop.run(closedAfterBlock(file()));
        assertThrows(ClosedChannelException.class, file::size);
    }

    /** Opens the file in a scope that is cancelled, on a loop whose pool has no thread for anything from then on. */
    @Async
    private static Coroutine<AsyncFile> cancelledScope(Path path) throws IOException {
        List<AsyncFile> kept = new ArrayList<>();
        try (CancelScope scope = CancelScope.open()) {
            try (AsyncFile file = await(AsyncFile.open(path))) {
                kept.add(file);
                EventLoop.current().setDefaultExecutor(work -> {});
                scope.cancel();
                await(sleep(Duration.ofDays(1)));
            }
        }
        return Coroutine.of(kept.get(0));
    }

    @Test
    void should_be_closed_when_its_block_is_in_a_cancelled_scope() throws Exception {
        Files.writeString(file(), "");
        AsyncFile file = EventLoop.run(cancelledScope(file()));
        assertThrows(ClosedChannelException.class, file::size);
    }

    @Async
    private static Coroutine<Void> linesInCancelledScope(Path path) throws IOException {
        AsyncGen<String> lines = AsyncFile.lines(path);
        await(lines.next());
        assertTrue(isOpen(path));
        EventLoop.current().setDefaultExecutor(work -> {});
        try (CancelScope scope = CancelScope.open()) {
            scope.cancel();
            await(lines.close());
        }
        return Coroutine.done();
    }

    private static boolean isOpen(Path path) throws IOException {
        List<Path> open;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            open = descriptors.toList();
        }
        for (Path descriptor : open) {
            try {
                if (Files.readSymbolicLink(descriptor).equals(path.toRealPath())) {
                    return true;
                }
            } catch (NoSuchFileException closedMeanwhile) {
                // That of the listing itself, for one.
            }
        }
        return false;
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no list of open files")
    void should_be_closed_when_its_lines_are_left_in_a_cancelled_scope() throws Exception {
        Files.writeString(file(), "a\nb\n");
        EventLoop.run(linesInCancelledScope(file()));
        assertFalse(isOpen(file()));
    }

    @Test
    void should_fail_with_the_reason_when_there_is_no_such_file() throws Exception {
        Coroutine<List<String>> main = lines(file(), 1);
        var failure = assertThrows(NoSuchFileException.class, () -> EventLoop.run(main));
        assertEquals(List.of("lines"), List.of(failure.getStackTrace()).stream()
                .filter(e -> e.getClassName().equals(AsyncFileTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(m -> m.equals("lines"))
                .toList());
    }
}
