package dev.backstitch.loop;

import dev.backstitch.Coroutine;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Runs coroutines, one after the other, on a loop of its own on the calling thread, and cleans up at the end: asyncio's
 * {@code Runner}.
 *
 * <pre>
 *   try (var runner = new Runner()) {
 *       runner.run(prepare());
 *       runner.run(serve());
 *   }
 * </pre>
 *
 * <p>The coroutines share a context: a {@link ContextVar} that the first one sets is set for the second. Ctrl-C, on the
 * program's main thread, and an interrupt of the thread cancel the coroutine, once; {@link #run} throws
 * {@link KeyboardInterrupt} when it has ended. A second Ctrl-C ends the run at once, a third the JVM. When the JVM is told
 * to end in another way, the coroutine is cancelled too, and the JVM waits some seconds for its {@code finally} blocks.
 *
 * <p>Belongs to the thread that uses it first.
 */
public final class Runner implements AutoCloseable {
    /** How long {@link #close} waits for the threads of the loop's pool. */
    static final Duration EXECUTOR_LIMIT = Duration.ofMinutes(5);

    private Supplier<EventLoop> loopFactory = EventLoop::new;
    private Boolean debug;
    private boolean handlesCtrlC = true;

    private volatile EventLoop loop;
    private Context context;
    private boolean closed;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** A runner that makes its loop when it is needed. */
    public Runner() {}

    /** Switches debug mode of the loop on or off; otherwise it is as {@link EventLoop#setDebug} says. Returns this. */
    public Runner debug(boolean on) {
        checkUnused();
        debug = on;
        return this;
    }

    /** Has {@code factory} make the loop. Returns this. */
    public Runner loopFactory(Supplier<EventLoop> factory) {
        checkUnused();
        loopFactory = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** Whether Ctrl-C is handled, as it is by default; false leaves it to the JVM or the program. Returns this. */
    public Runner handleCtrlC(boolean handles) {
        checkUnused();
        handlesCtrlC = handles;
        return this;
    }

    private void checkUnused() {
        if (loop != null || closed) {
            throw new IllegalStateException("Runner is in use already");
        }
    }

    /** The loop, made now if need be. */
    public EventLoop loop() {
        if (closed) {
            throw new IllegalStateException("Runner is closed");
        }
        if (loop == null) {
            EventLoop made = Objects.requireNonNull(loopFactory.get(), "the loop factory returned null");
            if (debug != null) {
                made.setDebug(debug);
            }
            context = Context.copyContext();
            loop = made;
        }
        return loop;
    }

    /**
     * Runs {@code main} until it is done; other tasks stay, and go on in the next run.
     *
     * @return what {@code main} returned; its failure is thrown as it is, checked or not
     * @throws IllegalStateException if a loop runs on this thread, or this runner is closed
     * @throws KeyboardInterrupt if Ctrl-C or an interrupt of this thread has cancelled {@code main}
     */
    public <T> T run(Coroutine<T> main) {
        return run(main, null);
    }

    /** As {@link #run(Coroutine)}, in {@code in} instead of the context the runs share, unless that is null. */
    public <T> T run(Coroutine<T> main, Context in) {
        Objects.requireNonNull(main, "main");
        if (EventLoop.currentOrNull() != null) {
            throw new IllegalStateException("Runner.run() cannot be called from a running event loop");
        }
        EventLoop runs = loop();
        Task<T> task = runs.spawn(main, in == null ? context : in);
        CtrlC ctrlC = handlesCtrlC ? CtrlC.handle(() -> runs.interrupts.signal(runs, "Ctrl-C")) : null;
        ExitHook.add(this);
        try {
            return runs.runUntilComplete(task);
        } finally {
            if (ctrlC != null) {
                ctrlC.restore();
            }
        }
    }

    /**
     * Cancels all tasks and waits for them, reports their errors, closes the asynchronous generators, waits for the threads
     * of the pool (five minutes at most), and closes the loop. Without effect the second time.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        EventLoop runs = loop;
        if (runs == null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // the caller is to see it, the cleaning up is not
        try {
            Shutdown.cancelRemaining(runs);
            runs.runUntilDone(runs.spawn(runs.shutdownAsyncGens()));
            runs.runUntilDone(runs.spawn(runs.shutdownDefaultExecutor(EXECUTOR_LIMIT)));
        } finally {
            runs.interrupts.restore();
            runs.close();
            ended.countDown();
            ExitHook.remove(this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The JVM ends: cancels what runs. Called by another thread. */
    void exit() {
        EventLoop runs = loop;
        if (runs != null && !runs.isClosed()) {
            runs.interrupts.signal(runs, "the JVM is shutting down");
        }
    }

    /** Done when this is closed. */
    CountDownLatch ended() {
        return ended;
    }

    /** The thread that runs the loop now; null when none does. */
    Thread thread() {
        EventLoop runs = loop;
        return runs == null ? null : runs.owner;
    }
}
