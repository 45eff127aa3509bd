package dev.backstitch.loop;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What {@link Tasks#wait} does. */
final class WaitSome {
    private final ReturnWhen until;
    private final Task<?> awaiter;
    private final LoopFuture<Void> enough;
    private int left;

    private WaitSome(int count, ReturnWhen until, EventLoop loop) {
        this.until = until;
        this.awaiter = loop.currentTask();
        this.enough = new LoopFuture<>(loop);
        this.left = count;
    }

    /**
     * Waits for {@code futures}.
     *
     * @param timeout in nanoseconds; {@link Timeout#NEVER} for ever
     */
    @Async
    static <F extends LoopFuture<?>> Coroutine<Waited<F>> wait(Set<F> futures, long timeout, ReturnWhen until) {
        EventLoop loop = EventLoop.current();
        var some = new WaitSome(futures.size(), until, loop);
        Handle alarm = timeout == Timeout.NEVER ? null : loop.callAt(loop.deadline(timeout), some::release);
        Map<LoopFuture<?>, One> callbacks = new LinkedHashMap<>();
        for (LoopFuture<?> future : futures) {
            var one = new One(some, future);
            callbacks.put(future, one);
            future.addWaiter(one);
        }
        try {
            await(some.enough);
        } finally {
            if (alarm != null) {
                alarm.cancel();
            }
            callbacks.forEach(LoopFuture::removeWaiter);
        }
        Set<F> done = new LinkedHashSet<>();
        Set<F> pending = new LinkedHashSet<>();
        for (F future : futures) {
            (future.isDone() ? done : pending).add(future);
        }
        return Coroutine.of(new Waited<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending)));
    }

    private void release() {
        if (!enough.isDone()) {
            enough.complete(null);
        }
    }

    private void ended(LoopFuture<?> future) {
        left--;
        if (left <= 0
                || until == ReturnWhen.FIRST_COMPLETED
                || until == ReturnWhen.FIRST_EXCEPTION && !future.isCancelled() && future.failure() != null) {
            release();
        }
    }

    /** The callback on one of the futures. */
    private record One(WaitSome some, LoopFuture<?> future) implements AwaitedBy {
        @Override
        public void run() {
            some.ended(future);
        }

        @Override
        public LoopFuture<?> awaiter() {
            return some.awaiter;
        }
    }
}
