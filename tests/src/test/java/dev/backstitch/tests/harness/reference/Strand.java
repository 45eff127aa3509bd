package dev.backstitch.tests.harness.reference;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;

/**
 * A body on a thread of its own, with a rendezvous: exactly one of the body and its resumer runs at a time. What a
 * suspension is when nothing is rewritten.
 */
final class Strand {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(r -> {
        Thread thread = new Thread(r, "reference");
        thread.setDaemon(true);
        return thread;
    });
    private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();
    /** Those that have started and not ended: each holds a thread. */
    private static final Set<Strand> LIVE = ConcurrentHashMap.newKeySet();
    private static volatile boolean ending;

    /** What a body does. */
    interface Run {
        Object run() throws Throwable;
    }

    /** How a body answers its resumption. */
    enum Kind {
        YIELDED,
        REQUESTED,
        RETURNED,
        THREW
    }

    record Event(Kind kind, Object value) {}

    /** Thrown at every suspension while what was left suspended is ended. */
    private static final class Left extends Error {
        private static final long serialVersionUID = 1L;

        Left() {
            super(null, null, false, false);
        }
    }

    private record Resumption(Object value, Throwable raised) {}

    private final Run body;
    private final SynchronousQueue<Resumption> in = new SynchronousQueue<>();
    private final SynchronousQueue<Event> out = new SynchronousQueue<>();
    private boolean started;
    private boolean ended;
    private boolean running;

    Strand(Run body) {
        this.body = body;
    }

    /** Hands {@code value} to whoever resumed the body that calls this, and waits to be resumed. */
    static Object suspend(Kind kind, Object value) {
        Strand strand = CURRENT.get();
        if (strand == null) {
            throw new AssertionError("not inside a body");
        }
        if (ending) {
            throw new Left();
        }
        try {
            strand.out.put(new Event(kind, value));
            Resumption resumption = strand.in.take();
            if (resumption.raised != null) {
                throw sneaky(resumption.raised);
            }
            return resumption.value;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isStarted() {
        return started;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isRunning() {
        return running;
    }

    void end() {
        ended = true;
    }

    /** Runs the body to its next suspension or its end; {@code raised} is thrown where it waits, if not null. */
    Event resume(Object value, Throwable raised) {
        if (ending && (!started || ended)) {
            ended = true;
            return new Event(Kind.THREW, new Left());
        }
        if (!started && raised != null) {
            ended = true;
            return new Event(Kind.THREW, raised);
        }
        running = true;
        try {
            if (started) {
                in.put(new Resumption(value, raised));
            } else {
                started = true;
                LIVE.add(this);
                THREADS.execute(this::runBody);
            }
            Event event = out.take();
            ended = event.kind == Kind.RETURNED || event.kind == Kind.THREW;
            if (ended) {
                LIVE.remove(this);
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            running = false;
        }
    }

    /**
     * Ends the bodies that nobody will resume, so that their threads are free. A body that goes on after a failure ends
     * none the less: whatever it waits for then fails too, and nothing starts.
     */
    static void endAll() {
        ending = true;
        try {
            for (Strand strand : List.copyOf(LIVE)) {
                if (!strand.ended) {
                    strand.resume(null, new Left());
                }
            }
        } finally {
            ending = false;
        }
    }

    private void runBody() {
        CURRENT.set(this);
        Event last;
        try {
            last = new Event(Kind.RETURNED, body.run());
        } catch (Throwable t) {
            last = new Event(Kind.THREW, t);
        }
        CURRENT.remove();
        try {
            out.put(last);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
        throw (T) t;
    }
}
