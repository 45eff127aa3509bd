package dev.backstitch.io;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.toThread;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file with a position, read and written without blocking the loop. In a try-with-resources statement of an
 * {@code @Async} method it is closed at the end.
 *
 * <p>One operation at a time. A read that is cancelled leaves the position where it was; a write that is cancelled may
 * have written all, some or nothing, and leaves the position behind what it would have written. Belongs to its loop's
 * thread.
 */
public final class AsyncFile implements AsyncCloseable {
    private static final int PIECE = 64 * 1024;

    private final AsynchronousFileChannel channel;
    private long position;
    private boolean busy;

    private AsyncFile(AsynchronousFileChannel channel, long position) {
        this.channel = channel;
        this.position = position;
    }

    // ---------------------------------------------------------------- whole files

    /** All of a file. */
    @Async
    public static Coroutine<byte[]> readAllBytes(Path path) throws IOException {
        return Coroutine.of(await(toThread(() -> Files.readAllBytes(path))));
    }

    /** All of a file, in UTF-8. */
    @Async
    public static Coroutine<String> readString(Path path) throws IOException {
        return Coroutine.of(await(toThread(() -> Files.readString(path))));
    }

    /** Makes {@code text} the content of a file, in UTF-8; with {@link StandardOpenOption#APPEND}, its end. */
    @Async
    public static Coroutine<Void> writeString(Path path, String text, OpenOption... options) throws IOException {
        await(toThread(() -> Files.writeString(path, text, options)));
        return Coroutine.done();
    }

    /** The lines of a file, in UTF-8, without their ends. The file is open from the first pull to the end or the close. */
    @Async
    @Generator
    public static AsyncGen<String> lines(Path path) throws IOException {
        AsyncFile file = await(open(path));
        try {
            var piece = new ByteQueue();
            int searched = 0;
            while (true) {
                int newline = piece.indexOf(new byte[] {'\n'}, searched);
                if (newline >= 0) {
                    searched = 0;
                    Gen.yield(StreamReader.text(piece.take(newline + 1)));
                    continue;
                }
                searched = piece.size();
                byte[] more = await(file.read(PIECE));
                if (more.length == 0) {
                    break;
                }
                piece.add(more, 0, more.length);
            }
            if (piece.size() > 0) {
                Gen.yield(StreamReader.text(piece.take(piece.size())));
            }
        } finally {
            file.channel.close();
        }
        return AsyncGen.end();
    }

    // ---------------------------------------------------------------- opening and closing

    /**
     * Opens a file; for reading where there are no {@code options}. With {@link StandardOpenOption#APPEND} the position is
     * at its end.
     */
    @Async
    public static Coroutine<AsyncFile> open(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> wanted = new HashSet<>(options.length == 0 ? List.of(StandardOpenOption.READ) : List.of(options));
        boolean append = wanted.remove(StandardOpenOption.APPEND);
        if (append) {
            wanted.add(StandardOpenOption.WRITE);
        }
        AsynchronousFileChannel channel = await(Acquiring.acquire(
                () -> AsynchronousFileChannel.open(path, wanted.toArray(OpenOption[]::new)), AsyncFile::discard));
        return Coroutine.of(new AsyncFile(channel, append ? channel.size() : 0));
    }

    private static void discard(AsynchronousFileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody has written to it.
        }
    }

    /** Closes the file, at once: an await here would end before it, were it in a scope that is cancelled. */
    @Override
    public Coroutine<Boolean> exit(Throwable failure) {
        try {
            channel.close();
        } catch (IOException e) {
            throw unchecked(e);
        }
        return Coroutine.of(false);
    }

    @SuppressWarnings("unchecked") // nothing is cast: the compiler only takes it for a RuntimeException
    private static <E extends Exception> E unchecked(Exception failure) throws E {
        throw (E) failure;
    }

    // ---------------------------------------------------------------- reading and writing

    /** At most {@code most} bytes from the position on, which moves; none at the end of the file. */
    @Async
    public Coroutine<byte[]> read(int most) throws IOException {
        if (most == 0) {
            return Coroutine.of(new byte[0]);
        }
        begin();
        try {
            ByteBuffer into = ByteBuffer.allocate(most);
            var done = new Completion<Integer>(late -> {});
            channel.read(into, position, null, done);
            int count = Math.max(0, await(done));
            position += count;
            return Coroutine.of(count == most ? into.array() : Arrays.copyOf(into.array(), count));
        } finally {
            busy = false;
        }
    }

    /** Writes a copy of {@code data} at the position, which moves. */
    @Async
    public Coroutine<Void> write(byte[] data) throws IOException {
        begin();
        try {
            ByteBuffer from = ByteBuffer.wrap(data.clone());
            long at = position;
            position += data.length;
            while (from.hasRemaining()) {
                var done = new Completion<Integer>(late -> {});
                channel.write(from, at + from.position(), null, done);
                await(done);
            }
            return Coroutine.done();
        } finally {
            busy = false;
        }
    }

    private void begin() {
        if (busy) {
            throw new IllegalStateException("another coroutine is reading or writing this file");
        }
        busy = true;
    }

    /** Where the next operation begins. */
    public long position() {
        return position;
    }

    /** Has the next operation begin at {@code newPosition}, counted from the beginning. */
    public void seek(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative position: " + newPosition);
        }
        position = newPosition;
    }

    /** How long the file is. */
    public long size() throws IOException {
        return channel.size();
    }

    /** Waits until everything written is on the disk. */
    @Async
    public Coroutine<Void> force() throws IOException {
        await(toThread(() -> {
            channel.force(true);
            return null;
        }));
        return Coroutine.done();
    }
}
