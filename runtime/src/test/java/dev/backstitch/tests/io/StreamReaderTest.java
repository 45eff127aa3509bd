package dev.backstitch.tests.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.io.IncompleteReadError;
import dev.backstitch.io.LimitOverrunError;
import dev.backstitch.io.StreamReader;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CPython's {@code test_streams.py}, what it has of {@code StreamReader}; each test names its method there. */
class StreamReaderTest {
    private static final String DATA = "line1\nline2\nline3\n";

    private final EventLoop loop = new EventLoop();

    @AfterEach
    void close() {
        loop.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private StreamReader reader(String... pieces) {
        return reader(StreamReader.DEFAULT_LIMIT, pieces);
    }

    private StreamReader reader(int limit, String... pieces) {
        var reader = new StreamReader(loop, limit);
        for (String piece : pieces) {
            reader.feedData(bytes(piece));
        }
        return reader;
    }

    private String run(Callable<Coroutine<byte[]>> read) throws Exception {
        return text(loop.runUntilComplete(read.call()));
    }

    /** As {@link #run}, where {@code feed} is called in the same turn, after the read has begun. */
    private String run(Callable<Coroutine<byte[]>> read, Runnable feed) throws Exception {
        Task<byte[]> task = loop.spawn(read.call());
        loop.callSoon(feed);
        return text(loop.runUntilComplete(task));
    }

    private <X extends Throwable> X fails(Class<X> type, Callable<Coroutine<byte[]>> read) {
        return assertThrows(type, () -> run(read));
    }

    /** What is in the buffer, which this empties. */
    private String rest(StreamReader reader) throws Exception {
        reader.feedEof();
        return run(reader::read);
    }

    private static int size(StreamReader reader) {
        String shown = reader.toString();
        return shown.contains(" bytes") ? Integer.parseInt(shown.replaceAll("\\D*(\\d+) bytes.*", "$1")) : 0;
    }

    // ---------------------------------------------------------------- feeding

    /** test_feed_empty_data, test_feed_nonempty_data. */
    @Test
    void should_keep_what_is_fed_when_nobody_reads() throws Exception {
        StreamReader reader = reader("");
        assertEquals(0, size(reader));
        reader.feedData(bytes(DATA));
        assertEquals(DATA, rest(reader));
        assertThrows(IllegalStateException.class, () -> reader.feedData(bytes("x")));
    }

    /** test_invalid_limit. */
    @Test
    void should_refuse_a_limit_when_it_is_not_positive() {
        assertThrows(IllegalArgumentException.class, () -> new StreamReader(loop, 0));
        assertThrows(IllegalArgumentException.class, () -> new StreamReader(loop, -1));
    }

    /** test_at_eof. */
    @Test
    void should_be_at_its_end_when_all_is_read() throws Exception {
        StreamReader reader = reader();
        assertFalse(reader.atEof());
        reader.feedData(bytes("some data\n"));
        assertFalse(reader.atEof());
        run(reader::readLine);
        assertFalse(reader.atEof());
        reader.feedData(bytes("some data\n"));
        reader.feedEof();
        run(reader::readLine);
        assertTrue(reader.atEof());
    }

    /** test_streamreader_constructor_without_loop, _use_running_loop. */
    @Test
    void should_take_the_loop_of_the_thread_when_it_is_given_none() {
        assertThrows(IllegalStateException.class, StreamReader::new);
        assertEquals("<StreamReader>", loop.runUntilComplete(made()));
    }

    @Async
    private static Coroutine<String> made() {
        return Coroutine.of(new StreamReader().toString());
    }

    // ---------------------------------------------------------------- read

    /** test_read_zero. */
    @Test
    void should_give_nothing_at_once_when_zero_bytes_are_wanted() throws Exception {
        StreamReader reader = reader(DATA);
        assertEquals("", run(() -> reader.read(0)));
        assertEquals(DATA, rest(reader));
    }

    /** test_read. */
    @Test
    void should_give_what_there_is_when_more_is_wanted() throws Exception {
        StreamReader reader = reader();
        assertEquals(DATA, run(() -> reader.read(30), () -> reader.feedData(bytes(DATA))));
        assertEquals(0, size(reader));
    }

    /** test_read_line_breaks. */
    @Test
    void should_give_no_more_than_wanted_when_there_is_more() throws Exception {
        StreamReader reader = reader("line1", "line2");
        assertEquals("line1", run(() -> reader.read(5)));
        assertEquals("line2", rest(reader));
    }

    /** test_read_eof. */
    @Test
    void should_give_nothing_when_the_end_comes() throws Exception {
        StreamReader reader = reader();
        assertEquals("", run(() -> reader.read(1024), reader::feedEof));
    }

    /** test_read_until_eof. */
    @Test
    void should_give_everything_when_all_is_wanted() throws Exception {
        for (int most : List.of(-1, 0)) {
            StreamReader reader = reader();
            assertEquals("chunk1\nchunk2", run(() -> most < 0 ? reader.read(-1) : reader.read(), () -> {
                reader.feedData(bytes("chunk1\n"));
                reader.feedData(bytes("chunk2"));
                reader.feedEof();
            }));
            assertTrue(reader.atEof());
        }
    }

    /** test_read_exception. */
    @Test
    void should_throw_what_ended_the_stream_when_it_is_read_again() throws Exception {
        StreamReader reader = reader("line\n");
        assertEquals("li", run(() -> reader.read(2)));
        reader.setException(new UnsupportedOperationException());
        fails(UnsupportedOperationException.class, () -> reader.read(2));
        fails(UnsupportedOperationException.class, reader::read);
        fails(UnsupportedOperationException.class, reader::readLine);
        fails(UnsupportedOperationException.class, () -> reader.readExactly(2));
    }

    /** test_read_limit. */
    @Test
    void should_ignore_the_limit_when_a_number_is_wanted() throws Exception {
        StreamReader reader = reader(3, "chunk");
        assertEquals("chunk", run(() -> reader.read(5)));
    }

    // ---------------------------------------------------------------- readLine

    /** test_readline. */
    @Test
    void should_wait_for_the_line_to_end_when_it_comes_in_pieces() throws Exception {
        StreamReader reader = reader("chunk1 ");
        assertEquals("chunk1 chunk2 chunk3 \n", run(reader::readLine, () -> {
            reader.feedData(bytes("chunk2 "));
            reader.feedData(bytes("chunk3 "));
            reader.feedData(bytes("\n chunk4"));
        }));
        assertEquals(" chunk4", rest(reader));
    }

    /** test_readline_limit_with_existing_data. */
    @Test
    void should_drop_a_line_when_it_is_longer_than_the_limit() throws Exception {
        StreamReader reader = reader(3, "li", "ne1\nline2\n");
        fails(LimitOverrunError.class, reader::readLine);
        assertEquals("line2\n", rest(reader));

        StreamReader endless = reader(3, "li", "ne1", "li");
        fails(LimitOverrunError.class, endless::readLine);
        assertEquals(0, size(endless));
    }

    /** test_readline_limit. */
    @Test
    void should_drop_a_line_when_it_grows_longer_than_the_limit() throws Exception {
        StreamReader one = reader(7);
        assertThrows(LimitOverrunError.class, () -> run(one::readLine, () -> {
            one.feedData(bytes("chunk1"));
            one.feedData(bytes("chunk2"));
            one.feedData(bytes("chunk3\n"));
            one.feedEof();
        }));
        assertEquals(0, size(one));

        StreamReader two = reader(7);
        assertThrows(LimitOverrunError.class, () -> run(two::readLine, () -> {
            two.feedData(bytes("chunk1"));
            two.feedData(bytes("chunk2\n"));
            two.feedData(bytes("chunk3\n"));
        }));
        assertEquals("chunk3\n", rest(two));

        StreamReader strict = reader(7, "1234567\n");
        assertEquals("1234567\n", run(strict::readLine));
        strict.feedData(bytes("12345678\n"));
        fails(LimitOverrunError.class, strict::readLine);
        assertEquals(0, size(strict));
        strict.feedData(bytes("12345678"));
        fails(LimitOverrunError.class, strict::readLine);
        assertEquals(0, size(strict));
    }

    /** test_readline_nolimit_nowait, test_readline_read_byte_count. */
    @Test
    void should_leave_the_rest_when_a_line_is_read() throws Exception {
        StreamReader reader = reader(DATA.substring(0, 6), DATA.substring(6));
        assertEquals("line1\n", run(reader::readLine));
        assertEquals("line2\nl", run(() -> reader.read(7)));
        assertEquals("ine3\n", rest(reader));
    }

    /** test_readline_eof, test_readline_empty_eof. */
    @Test
    void should_give_half_a_line_when_the_stream_ends() throws Exception {
        StreamReader reader = reader("some data");
        reader.feedEof();
        assertEquals("some data", run(reader::readLine));
        assertEquals("", run(reader::readLine));
    }

    /** test_readline_exception. */
    @Test
    void should_throw_what_ended_the_stream_when_the_next_line_is_read() throws Exception {
        StreamReader reader = reader("line\n");
        assertEquals("line\n", run(reader::readLine));
        reader.setException(new IOException("x"));
        fails(IOException.class, reader::readLine);
        assertEquals(0, size(reader));
    }

    @Async
    private static Coroutine<List<String>> collect(StreamReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : awaitEach(reader.lines())) {
            lines.add(line);
        }
        return Coroutine.of(lines);
    }

    /** {@code async for line in reader}; test_pep492.py::StreamReaderTests.test_readline. */
    @Test
    void should_give_the_lines_without_their_ends_when_they_are_iterated() {
        StreamReader reader = reader("one\r\ntwo\n\nthr\u00c3\u00a9e");
        reader.feedEof();
        assertEquals(List.of("one", "two", "", "thr\u00e9e"), loop.runUntilComplete(assertDoesNotFail(reader)));
    }

    private static Coroutine<List<String>> assertDoesNotFail(StreamReader reader) {
        try {
            return collect(reader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---------------------------------------------------------------- readUntil

    /** test_readuntil_separator. */
    @Test
    void should_refuse_a_separator_when_it_is_empty() {
        StreamReader reader = reader();
        for (byte[][] separators : List.of(new byte[][] {{}}, new byte[][] {{1}, {}})) {
            var refusal = fails(IllegalArgumentException.class, () -> reader.readUntil(separators));
            assertTrue(refusal.getMessage().startsWith("Separator should"), refusal::getMessage);
        }
        var none = fails(IllegalArgumentException.class, reader::readUntil);
        assertTrue(none.getMessage().startsWith("Separator should contain"), none::getMessage);
    }

    /** test_readuntil_multi_chunks, test_readuntil_bytearray. */
    @Test
    void should_read_up_to_the_separator_when_it_has_several_bytes() throws Exception {
        StreamReader reader = reader("lineAAA");
        assertEquals("lineAAA", run(() -> reader.readUntil(bytes("AAA"))));
        reader.feedData(bytes("lineAAAxxx"));
        assertEquals("lineAAA", run(() -> reader.readUntil(bytes("AAA"))));
        assertEquals("xxx", rest(reader));
    }

    /** test_readuntil_multi_chunks_1. */
    @Test
    void should_find_the_separator_when_it_comes_in_pieces() throws Exception {
        List<List<String>> cases = List.of(
                List.of("QWEaa", "XYaa", "a"), List.of("QWEaa", "XYa", "aa"), List.of("aaa"), List.of("Xaaa"),
                List.of("XXX", "a", "a", "a"));
        for (List<String> pieces : cases) {
            StreamReader fed = reader(pieces.toArray(String[]::new));
            assertEquals(String.join("", pieces), run(() -> fed.readUntil(bytes("aaa"))));
            assertEquals(0, size(fed));
            StreamReader later = reader();
            assertEquals(String.join("", pieces), run(() -> later.readUntil(bytes("aaa")), () -> {
                for (int i = 0; i < pieces.size(); i++) { // each in a turn of its own
                    byte[] piece = bytes(pieces.get(i));
                    loop.callLater(Duration.ofNanos(i + 1), () -> later.feedData(piece));
                }
            }));
        }
    }

    /** test_readuntil_eof. */
    @Test
    void should_hand_over_what_there_is_when_the_stream_ends_before_the_separator() {
        StreamReader reader = reader("some dataAA");
        reader.feedEof();
        var failure = fails(IncompleteReadError.class, () -> reader.readUntil(bytes("AAA")));
        assertEquals("11 bytes read on a total of undefined expected bytes", failure.getMessage());
        assertEquals("some dataAA", text(failure.partial()));
        assertEquals(-1, failure.expected());
        assertEquals(0, size(reader));
    }

    /** test_readuntil_limit_found_sep. */
    @Test
    void should_leave_everything_there_when_the_limit_is_passed() throws Exception {
        StreamReader reader = reader(3, "some dataAA");
        var missing = fails(LimitOverrunError.class, () -> reader.readUntil(bytes("AAA")));
        assertTrue(missing.getMessage().contains("not found"));
        assertEquals(11, size(reader));
        reader.feedData(bytes("A"));
        var found = fails(LimitOverrunError.class, () -> reader.readUntil(bytes("AAA")));
        assertTrue(found.getMessage().contains("is found"));
        assertEquals(9, found.consumed());
        assertEquals("some dataAAA", rest(reader));
    }

    /** test_readuntil_multi_separator, _limit, _negative_offset. */
    @Test
    void should_stop_at_the_separator_that_ends_first_when_there_are_several() throws Exception {
        StreamReader reader = reader("line 1\nline 2\r");
        assertEquals("line 1\n", run(() -> reader.readUntil(bytes("\r"), bytes("\n"))));
        assertEquals("line 2\r", run(() -> reader.readUntil(bytes("\r"), bytes("\n"))));
        reader.feedData(bytes("ABCDEFG"));
        assertEquals("ABCDE", run(() -> reader.readUntil(bytes("DEF"), bytes("BCDE"))));
        assertEquals("FG", rest(reader));

        StreamReader limited = reader(3, "some dataA");
        var found = fails(LimitOverrunError.class, () -> limited.readUntil(bytes("A"), bytes("ome dataA")));
        assertTrue(found.getMessage().contains("is found"));
        assertEquals("some dataA", rest(limited));

        StreamReader waiting = reader("data");
        assertEquals("dataZA", run(() -> waiting.readUntil(bytes("A"), bytes("long sep")), () -> {
            waiting.feedData(bytes("Z"));
            loop.callSoon(() -> waiting.feedData(bytes("Aaaa")));
        }));
        assertEquals("aaa", rest(waiting));
    }

    // ---------------------------------------------------------------- readExactly

    /** test_readexactly_zero_or_less. */
    @Test
    void should_take_nothing_when_exactly_zero_bytes_are_wanted() throws Exception {
        StreamReader reader = reader(DATA);
        assertEquals("", run(() -> reader.readExactly(0)));
        var refusal = fails(IllegalArgumentException.class, () -> reader.readExactly(-1));
        assertTrue(refusal.getMessage().contains("less than zero"));
        assertEquals(DATA, rest(reader));
    }

    /** test_readexactly, test_readexactly_limit. */
    @Test
    void should_wait_for_all_bytes_when_their_number_is_given() throws Exception {
        StreamReader reader = reader(3);
        assertEquals(DATA + DATA, run(() -> reader.readExactly(2 * DATA.length()), () -> {
            reader.feedData(bytes(DATA));
            reader.feedData(bytes(DATA));
            reader.feedData(bytes(DATA));
        }));
        assertEquals(DATA, rest(reader));
    }

    /** test_readexactly_eof. */
    @Test
    void should_hand_over_what_there_is_when_the_stream_ends_before_the_number() {
        StreamReader reader = reader();
        var failure = assertThrows(IncompleteReadError.class, () -> run(() -> reader.readExactly(36), () -> {
            reader.feedData(bytes(DATA));
            reader.feedEof();
        }));
        assertEquals(DATA, text(failure.partial()));
        assertEquals(36, failure.expected());
        assertEquals("18 bytes read on a total of 36 expected bytes", failure.getMessage());
        assertEquals(0, size(reader));
    }

    /** test_readexactly_exception. */
    @Test
    void should_throw_what_ended_the_stream_when_a_number_is_read() throws Exception {
        StreamReader reader = reader("line\n");
        assertEquals("li", run(() -> reader.readExactly(2)));
        reader.setException(new IOException("x"));
        fails(IOException.class, () -> reader.readExactly(2));
    }

    // ---------------------------------------------------------------- failing and cancelling

    /** test_exception. */
    @Test
    void should_tell_what_ended_it_when_asked() {
        StreamReader reader = reader();
        assertNull(reader.exception());
        var failure = new IOException("x");
        reader.setException(failure);
        assertSame(failure, reader.exception());
    }

    /** test_exception_waiter. */
    @Test
    void should_wake_the_read_when_the_stream_fails() {
        StreamReader reader = reader();
        assertThrows(IOException.class, () -> run(reader::readLine, () -> reader.setException(new IOException("x"))));
    }

    /** test_exception_cancel. */
    @Test
    void should_fail_quietly_when_the_read_was_cancelled() {
        StreamReader reader = reader();
        List<Object> errors = new ArrayList<>();
        loop.setExceptionHandler(errors::add);
        assertThrows(CancelledError.class, () -> {
            Task<byte[]> task = loop.spawn(reader.readLine());
            loop.callSoon(() -> {
                task.cancel();
                loop.callSoon(() -> reader.setException(new IOException("x")));
            });
            loop.runUntilComplete(task);
        });
        assertFalse(reader.toString().contains("waiter"), reader::toString);
        loop.close();
        assertEquals(List.of(), errors);
    }

    @Async
    private static Coroutine<String> cancelAndReadAgain(StreamReader reader, boolean arrivedFirst) throws IOException {
        for (Callable<Coroutine<byte[]>> read : List.<Callable<Coroutine<byte[]>>>of(
                () -> reader.read(3), reader::read, reader::readLine, () -> reader.readExactly(100),
                () -> reader.readUntil(bytes("zz")))) {
            Task<byte[]> task;
            try {
                task = spawn(read.call());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            await(sleep(Duration.ZERO));
            if (arrivedFirst) {
                reader.feedData(bytes("ab"));
            }
            task.cancel();
            if (!arrivedFirst) {
                reader.feedData(bytes("ab"));
            }
            try {
                await(task);
                throw new AssertionError();
            } catch (CancelledError e) {
                // as it should be
            }
        }
        reader.feedEof();
        return Coroutine.of(text(await(reader.read())));
    }

    @Test
    void should_lose_nothing_when_a_read_is_cancelled_as_data_comes() throws Exception {
        for (boolean arrivedFirst : new boolean[] {true, false}) {
            StreamReader reader = reader();
            Coroutine<String> all = cancelAndReadAgain(reader, arrivedFirst);
            assertEquals("ab".repeat(5), loop.runUntilComplete(all));
        }
    }

    @Async
    private static Coroutine<String> second(StreamReader reader) throws IOException {
        Task<byte[]> first = spawn(reader.readLine());
        await(sleep(Duration.ZERO));
        String refusal;
        try {
            await(reader.read(1));
            refusal = "";
        } catch (IllegalStateException e) {
            refusal = e.getMessage();
        }
        reader.feedData(bytes("x\n"));
        return Coroutine.of(refusal + "|" + text(await(first)));
    }

    @Test
    void should_refuse_a_second_reader_when_one_waits() throws Exception {
        assertEquals(
                "read() called while another coroutine is already waiting for incoming data|x\n",
                loop.runUntilComplete(second(reader())));
    }

    // ---------------------------------------------------------------- texts

    /** test___repr__ and its variants. */
    @Test
    void should_show_its_state_when_printed() {
        assertEquals("<StreamReader>", reader().toString());
        assertEquals("<StreamReader limit=123>", reader(123).toString());
        StreamReader ended = reader();
        ended.feedEof();
        assertEquals("<StreamReader eof>", ended.toString());
        assertEquals("<StreamReader 4 bytes>", reader("data").toString());
        StreamReader failed = reader();
        failed.setException(new IllegalStateException("x"));
        assertEquals("<StreamReader exception=java.lang.IllegalStateException: x>", failed.toString());
    }

    /** test_IncompleteReadError_pickleable, test_LimitOverrunError_pickleable. */
    @Test
    void should_keep_their_contents_when_the_errors_are_serialised() throws Exception {
        StreamReader reader = reader(3, "some dataA");
        var overrun = copy(fails(LimitOverrunError.class, () -> reader.readUntil(bytes("A"))));
        assertEquals(9, overrun.consumed());
        reader.feedEof();
        var incomplete = copy(fails(IncompleteReadError.class, () -> reader.readExactly(100)));
        assertArrayEquals(bytes("some dataA"), incomplete.partial());
        assertEquals(100, incomplete.expected());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws Exception {
        var out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(object);
        return (T) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    }
}
