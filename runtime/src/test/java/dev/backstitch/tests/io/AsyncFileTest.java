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

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.AsyncFile;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Async
    private static Coroutine<String> cancelled(Path path) throws IOException {
        AsyncFile file = await(AsyncFile.open(path));
        Task<byte[]> reading = spawn(file.read(3));
        await(sleep(Duration.ZERO));
        boolean was = reading.isDone();
        reading.cancel();
        try {
            await(reading);
            return Coroutine.of(was ? "0" : "not cancelled");
        } catch (CancelledError e) {
            return Coroutine.of(file.position() + new String(await(file.read(3))));
        } finally {
            await(file.exit(null));
        }
    }

    @Test
    void should_stay_where_it_was_when_a_read_is_cancelled() throws Exception {
        Files.writeString(file(), "abcdef");
        assertEquals("0abc", EventLoop.run(cancelled(file())));
    }

    @Async
    private static Coroutine<Void> twoAtOnce(Path path) throws IOException {
        AsyncFile file = await(AsyncFile.open(path));
        Task<byte[]> first = spawn(file.read(1));
        Task<byte[]> second = spawn(file.read(1));
        try {
            await(second);
        } finally {
            await(first);
            await(file.exit(null));
        }
        return Coroutine.done();
    }

    @Test
    void should_refuse_a_second_operation_when_one_is_under_way() throws Exception {
        Files.writeString(file(), "abcdef");
        Coroutine<Void> main = twoAtOnce(file());
        assertThrows(IllegalStateException.class, () -> EventLoop.run(main));
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
