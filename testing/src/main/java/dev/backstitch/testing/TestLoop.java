package dev.backstitch.testing;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Interleaving;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * An event loop with virtual time for a test:
 *
 * <pre>{@code
 * assertEquals(3, TestLoop.run(scenario()));
 * TestLoop.run(Order.of("shuffled:17"), scenario());
 * }</pre>
 *
 * <p>A run in which nothing can happen any more fails with a {@link StandstillError}, whose message shows every task and
 * where it waits. Errors that no coroutine receives, a failure of a task that nobody looked at for one, make the test fail
 * too, in {@link #close}.
 *
 * <p>Used by one thread.
 */
public final class TestLoop implements AutoCloseable {
    private final VirtualClock clock = new VirtualClock();
    private final List<LoopError> errors = new ArrayList<>();
    private final Order order;
    private final EventLoop loop;
    /** Told of each step before it is run; null if nobody is. */
    private final LongConsumer observer;
    private long steps;

    /** A loop that runs what is ready first in, first out. */
    public TestLoop() {
        this(Order.fifo());
    }

    /** A loop that runs what is ready in {@code order}. */
    public TestLoop(Order order) {
        this(order, null);
    }

    TestLoop(Order order, LongConsumer observer) {
        this.order = Objects.requireNonNull(order, "order");
        this.observer = observer;
        this.loop = new EventLoop(clock, counting(order.start()));
        loop.setExceptionHandler(errors::add);
    }

    private Interleaving counting(Interleaving chosen) {
        return ready -> {
            if (observer != null) {
                observer.accept(steps);
            }
            steps++;
            return chosen == null ? 0 : chosen.next(ready);
        };
    }

    /**
     * Runs {@code main} on a loop with virtual time until it is done, then cancels the tasks that are left.
     *
     * @return what {@code main} returned; its failure is thrown as it is, checked or not
     * @throws StandstillError if it can never be done
     * @throws AssertionError if it is done, and there was an error that nobody received
     */
    public static <T> T run(Coroutine<T> main) {
        return run(Order.fifo(), main);
    }

    /** As {@link #run(Coroutine)}, in {@code order}. */
    public static <T> T run(Order order, Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        T result;
        var test = new TestLoop(order);
        try {
            result = test.runUntilComplete(main);
        } catch (Throwable failure) {
            test.closeAfter(failure);
            throw failure;
        }
        test.close();
        return result;
    }

    /** As {@link #run(Coroutine)}, but leaves the other tasks alone: this loop can be run again. */
    public <T> T runUntilComplete(Coroutine<T> main) {
        try {
            return loop.runUntilComplete(main);
        } catch (StandstillError standstill) {
            throw new StandstillError(standstill.getMessage() + "\n" + Tasks.tree(loop), standstill);
        }
    }

    /** The loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Its time. */
    public VirtualClock clock() {
        return clock;
    }

    /** Its order. */
    public Order order() {
        return order;
    }

    /** How many steps of tasks and callbacks have been run. */
    public long steps() {
        return steps;
    }

    /** The errors so far that no coroutine received; they are forgotten then, and do not make the test fail. */
    public List<LoopError> takeErrors() {
        List<LoopError> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    /**
     * Cancels the tasks that are left, waits for them, closes asynchronous generators, and closes the loop; without effect the second time.
     *
     * @throws AssertionError if there were errors that no coroutine received and nobody took
     * @throws StandstillError if a task does not end though it was cancelled
     */
    @Override
    public void close() {
        if (loop.isClosed()) {
            return;
        }
        try {
            if (!loop.allTasks().isEmpty()) {
                runUntilComplete(Leftovers.cancel(loop));
            }
            runUntilComplete(loop.shutdownAsyncGens());
        } finally {
            loop.close();
        }
        if (!errors.isEmpty()) {
            throw unreceived();
        }
    }

    /** Closes; what that fails with is less important than {@code failure}. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
        }
    }

    private AssertionError unreceived() {
        LoopError first = errors.get(0);
        var error = new AssertionError(
                (errors.size() == 1 ? "An error" : errors.size() + " errors") + " that no coroutine received: " + first.message(),
                first.exception());
        for (LoopError other : errors.subList(1, errors.size())) {
            error.addSuppressed(new AssertionError(other.message(), other.exception()));
        }
        return error;
    }
}
