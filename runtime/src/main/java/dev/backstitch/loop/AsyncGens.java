package dev.backstitch.loop;

import dev.backstitch.AsyncGen;
import dev.backstitch.AsyncGenHooks;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.List;

/**
 * The asynchronous generators that a loop has begun to iterate and that have not ended, oldest first. Held strongly: nothing
 * is finalised by the garbage collector, so one that the program has dropped keeps what it holds until the loop closes it.
 */
final class AsyncGens implements AsyncGenHooks {
    /** One of them: an element of a ring, and what is called when the generator has ended. */
    private final class Entry implements Runnable {
        final AsyncGen<?> gen;
        Entry previous = this;
        Entry next = this;

        Entry(AsyncGen<?> gen) {
            this.gen = gen;
        }

        void insertBefore(Entry other) {
            previous = other.previous;
            next = other;
            previous.next = this;
            other.previous = this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }

        @Override
        public void run() {
            if (!loop.isForeignThread()) {
                unlink();
            } else if (!loop.isClosed()) {
                loop.callSoonThreadSafe(this::unlink);
            }
        }
    }

    private final EventLoop loop;
    private final Entry ring = new Entry(null);
    private boolean shutDown;

    AsyncGens(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop begins to run on this thread; returns what {@link #uninstall} is to be given. */
    AsyncGenHooks install() {
        return AsyncGenHooks.set(this);
    }

    void uninstall(AsyncGenHooks outer) {
        AsyncGenHooks.set(outer);
    }

    @Override
    public Runnable firstIteration(AsyncGen<?> gen) {
        if (shutDown) {
            EventLoop.warn("asynchronous generator " + gen + " was scheduled after loop.shutdownAsyncGens() call");
        }
        var entry = new Entry(gen);
        entry.insertBefore(ring);
        return entry;
    }

    /** See {@link EventLoop#shutdownAsyncGens}. */
    @Async
    Coroutine<Void> shutdown() {
        shutDown = true;
        List<AsyncGen<?>> live = takeAll();
        if (live.isEmpty()) {
            return Coroutine.done();
        }
        List<Coroutine<Void>> closings = new ArrayList<>();
        for (AsyncGen<?> gen : live) {
            closings.add(gen.close());
        }
        List<Object> results = Coroutine.await(Gather.of(loop, closings, true));
        for (int i = 0; i < live.size(); i++) {
            if (results.get(i) instanceof Throwable failure && !(failure instanceof CancelledError)) {
                loop.report(
                        "an error occurred during closing of asynchronous generator " + live.get(i),
                        failure,
                        live.get(i));
            }
        }
        return Coroutine.done();
    }

    /** The loop is closed without {@link #shutdown}: reports the generators whose {@code finally} blocks will not run. */
    void reportLive() {
        for (AsyncGen<?> gen : takeAll()) {
            loop.report("asynchronous generator was never closed: " + gen
                    + " was left while suspended, and its finally blocks have not run", null, gen);
        }
    }

    private List<AsyncGen<?>> takeAll() {
        List<AsyncGen<?>> live = new ArrayList<>();
        for (Entry entry = ring.next; entry != ring; entry = ring.next) {
            live.add(entry.gen);
            entry.unlink();
        }
        return live;
    }
}
