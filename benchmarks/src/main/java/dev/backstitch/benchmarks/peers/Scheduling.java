package dev.backstitch.benchmarks.peers;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.Lock;
import dev.backstitch.sync.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is measured of the event loop, as a user writes it. */
public final class Scheduling {
    private Scheduling() {}

    @Async
    private static Coroutine<Void> turning(long[] done, int turns) {
        for (int i = 0; i < turns; i++) {
            await(sleep(Duration.ZERO));
            done[0]++;
        }
        return Coroutine.done();
    }

    /** {@code tasks} tasks that let one another run, {@code turns} times each. */
    @Async
    public static Coroutine<Long> turns(int tasks, int turns) {
        long[] done = new long[1];
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            all.add(spawn(turning(done, turns)));
        }
        await(gather(all));
        return Coroutine.of(done[0]);
    }

    @Async
    private static Coroutine<Long> echo(long i) {
        return Coroutine.of(i);
    }

    /** Starts {@code n} tasks, each awaited before the next. */
    @Async
    public static Coroutine<Long> spawnAndAwait(int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += await(spawn(echo(i)));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Void> produce(Queue<Long> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.put((long) i));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Long> consume(Queue<Long> queue, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += await(queue.get());
        }
        return Coroutine.of(sum);
    }

    /** Hands {@code n} numbers from one task to another, through a queue that holds {@code capacity}. */
    @Async
    public static Coroutine<Long> handOver(int n, int capacity) {
        var queue = new Queue<Long>(capacity);
        spawn(produce(queue, n));
        return Coroutine.of(await(spawn(consume(queue, n))));
    }

    @Async
    private static Coroutine<Void> member(Queue<Long> mine, Queue<Long> next, int rounds) {
        for (int i = 0; i < rounds; i++) {
            long token = await(mine.get());
            await(next.put(token + 1));
        }
        return Coroutine.done();
    }

    /** {@code tasks} tasks in a ring pass on a token, {@code rounds} times round. */
    @Async
    public static Coroutine<Long> ring(int tasks, int rounds) {
        List<Queue<Long>> places = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            places.add(new Queue<>(1));
        }
        List<Task<?>> members = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            members.add(spawn(member(places.get(i), places.get((i + 1) % tasks), rounds)));
        }
        await(places.get(0).put(0L));
        await(gather(members));
        return Coroutine.of(await(places.get(0).get()));
    }

    /** Locks and unlocks a lock that nobody else wants. */
    @Async
    public static Coroutine<Long> lock(int n) {
        var lock = new Lock();
        long sum = 0;
        for (int i = 0; i < n; i++) {
            await(lock.acquire());
            try {
                sum += i;
            } finally {
                lock.release();
            }
        }
        return Coroutine.of(sum);
    }

    /** As {@link #lock}, as a resource. */
    @Async
    public static Coroutine<Long> hold(int n) {
        var lock = new Lock();
        long sum = 0;
        for (int i = 0; i < n; i++) {
            try (var held = await(lock.hold())) {
                sum += i;
            }
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Void> sleeper(Duration delay) {
        await(sleep(delay));
        return Coroutine.done();
    }

    /** {@code count} tasks that sleep, each longer than the one before, the last one for {@code longest}. */
    @Async
    public static Coroutine<Void> sleepers(int count, Duration longest) {
        long step = longest.toNanos() / count;
        List<Task<?>> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(spawn(sleeper(Duration.ofNanos(i * step))));
        }
        await(gather(all));
        return Coroutine.done();
    }
}
