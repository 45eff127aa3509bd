package dev.backstitch.tests.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Clock;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A loop whose time is virtual, and what its exception handler is told. */
final class VirtualLoop implements Clock, AutoCloseable {
    final List<LoopError> errors = new ArrayList<>();
    final EventLoop loop = make();
    private long now;

    /** A loop on this clock, with this handler. */
    EventLoop make() {
        var made = new EventLoop(this);
        made.setExceptionHandler(errors::add);
        return made;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void idle(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            throw new AssertionError("deadlock: nothing is ready and there is no timer");
        }
        now += nanos;
    }

    @Override
    public void idle(long nanos, int foreign) {
        if (foreign > 0) {
            LockSupport.park(this);
        } else {
            idle(nanos);
        }
    }

    <T> T run(Coroutine<T> main) {
        return loop.runUntilComplete(main);
    }

    /** Runs {@code turns} turns of the loop: {@code test_utils.run_briefly}, once or more. */
    void turns(int turns) {
        for (int i = 0; i < turns; i++) {
            run(breath());
        }
    }

    @Async
    private static Coroutine<Void> breath() {
        return Coroutine.done();
    }

    /** Lets {@code delay} of virtual time pass. */
    void pass(Duration delay) {
        run(passing(delay));
    }

    @Async
    private static Coroutine<Void> passing(Duration delay) {
        Coroutine.await(Tasks.sleep(delay));
        return Coroutine.done();
    }

    long millis() {
        return now / 1_000_000;
    }

    List<String> messages() {
        return errors.stream().map(LoopError::message).toList();
    }

    /** Closes the loop; nothing may have been reported that was not looked at. */
    @Override
    public void close() {
        loop.close();
        assertEquals(List.of(), messages());
    }
}
