package dev.backstitch;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;

import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The operators whose sources run while their consumer does something else: each source in a task of its own, which the
 * operator starts when it is first pulled, and has ended before it ends itself.
 */
final class AsyncMerges {
    private AsyncMerges() {}

    /** The values of all {@code sources} as they arrive; each source is at most {@code ahead} values ahead. */
    @Async
    @Generator
    static <Y> AsyncGen<Y> merge(List<? extends AsyncGen<? extends Y>> sources, int ahead) {
        EventLoop loop = EventLoop.current();
        Arrivals<Y> arrivals = new Arrivals<>(loop, ahead);
        List<Task<Void>> producers = new ArrayList<>();
        try {
            for (AsyncGen<? extends Y> source : sources) {
                producers.add(loop.spawn(produce(source, arrivals.lane())));
            }
            while (arrivals.isReady() || await(arrivals.more())) {
                Gen.yield(arrivals.take());
            }
        } finally {
            arrivals.close();
            await(end(producers, sources));
            arrivals.rethrowUndelivered();
        }
        return AsyncGen.end();
    }

    @Async
    private static <Y> Coroutine<Void> produce(AsyncGen<? extends Y> source, Arrivals.Lane<Y> lane) {
        try {
            for (Y value : awaitEach(source)) {
                lane.put(value);
                while (lane.isFull()) {
                    await(lane.room());
                }
            }
            lane.end();
        } catch (Throwable failure) {
            lane.fail(failure);
        }
        return Coroutine.done();
    }

    /** Cancels what still runs, waits until nothing does, and closes the sources that were at a yield. */
    @Async
    private static Coroutine<Void> end(List<Task<Void>> producers, List<? extends AsyncGen<?>> sources) {
        for (Task<Void> producer : producers) {
            producer.cancel();
        }
        for (Task<Void> producer : producers) {
            try {
                await(producer);
            } catch (CancelledError cancelled) {
                if (!producer.isCancelled()) {
                    throw cancelled;
                }
            }
        }
        Throwable failure = null;
        for (AsyncGen<?> source : sources) {
            try {
                await(source.close());
            } catch (Throwable t) {
                if (failure == null) {
                    failure = t;
                } else {
                    failure.addSuppressed(t);
                }
            }
        }
        if (failure != null) {
            throw Throwables.sneaky(failure);
        }
        return Coroutine.done();
    }
}
