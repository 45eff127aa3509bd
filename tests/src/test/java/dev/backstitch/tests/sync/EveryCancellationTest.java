package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.sync.Rig.milliseconds;
import static dev.backstitch.tests.sync.Rig.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.Barrier;
import dev.backstitch.sync.BoundedSemaphore;
import dev.backstitch.sync.BrokenBarrierError;
import dev.backstitch.sync.Condition;
import dev.backstitch.sync.Event;
import dev.backstitch.sync.Lock;
import dev.backstitch.sync.Semaphore;
import dev.backstitch.testing.Cancellations;
import dev.backstitch.testing.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small programs whose tasks are cancelled at every step, singly and in pairs, in several orders: nothing is lost, nobody
 * waits for ever (that would stand still), and what must hold at the end does.
 */
class EveryCancellationTest {

    /** Where cancellations in pairs are tried too. */
    static Stream<Order> few() {
        return Stream.of(Order.fifo(), Order.shuffled(1), Order.pct(1, 3, 20));
    }

    static Stream<Order> many() {
        return Stream.concat(
                Stream.of(Order.fifo()),
                Stream.iterate(1L, seed -> seed + 1).limit(12).flatMap(
                        seed -> Stream.of(Order.shuffled(seed), Order.pct(seed, 3, 20))));
    }

    private static void cancelEverywhere(Order order, Supplier<? extends Coroutine<?>> program) {
        var cancellations = Cancellations.ofTasks("worker").in(order);
        (few().anyMatch(order::equals) ? cancellations.twice() : cancellations).run(program);
    }

    /** Who is inside, at most how many at a time. */
    private static final class Room {
        private final int most;
        private int inside;

        Room(int most) {
            this.most = most;
        }

        void enter() {
            assertTrue(++inside <= most, "too many inside");
        }

        void leave() {
            inside--;
        }
    }

    /** Spawns {@code worker-1} and so on; waits for all. */
    @Async
    private static Coroutine<List<Task<?>>> work(Coroutine<?>... bodies) {
        List<Task<?>> tasks = new ArrayList<>();
        for (Coroutine<?> body : bodies) {
            tasks.add(spawn(body, "worker-" + (tasks.size() + 1)));
        }
        await(gatherSettled(tasks));
        for (Task<?> task : tasks) {
            if (!task.isCancelled()) {
                task.result(); // what it failed with, if it did
            }
        }
        return Coroutine.of(tasks);
    }

    // ---------------------------------------------------------------- Lock

    @Async
    private static Coroutine<Void> inside(Lock lock, Room room) {
        try (var held = await(lock.hold())) {
            room.enter();
            try {
                await(turn());
            } finally {
                room.leave();
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> locking() {
        var lock = new Lock();
        var room = new Room(1);
        await(work(inside(lock, room), inside(lock, room), inside(lock, room)));
        assertEquals("<Lock [unlocked]>", lock.toString());
        await(waitFor(lock.acquire(), Duration.ofSeconds(1)));
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_pass_a_lock_on_when_its_takers_are_cancelled(Order order) {
        cancelEverywhere(order, () -> locking());
    }

    // ---------------------------------------------------------------- Event

    @Async
    private static Coroutine<Void> waiting(Event event, int[] woken) {
        await(event.waitUntilSet());
        woken[0]++;
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> setting(Event event) {
        await(turn());
        event.set();
        event.clear();
        await(turn());
        event.set();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> signalling() {
        var event = new Event();
        int[] woken = new int[1];
        var setter = spawn(setting(event));
        List<Task<?>> tasks = await(work(waiting(event, woken), waiting(event, woken), waiting(event, woken)));
        await(setter);
        assertEquals(tasks.stream().filter(task -> !task.isCancelled()).count(), woken[0]);
        assertEquals("<Event [set]>", event.toString());
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_wake_all_others_when_waiters_of_an_event_are_cancelled(Order order) {
        cancelEverywhere(order, () -> signalling());
    }

    // ---------------------------------------------------------------- Condition

    private static final class Shop {
        final Condition condition = new Condition();
        final List<Integer> items = new ArrayList<>();
        final List<Integer> sold = new ArrayList<>();
        boolean closed;
    }

    @Async
    private static Coroutine<Void> buy(Shop shop) {
        try (var held = await(shop.condition.hold())) {
            try {
                await(shop.condition.waitUntil(() -> shop.closed || !shop.items.isEmpty()));
                if (!shop.items.isEmpty()) {
                    shop.sold.add(shop.items.remove(0));
                }
            } finally {
                assertTrue(shop.condition.isLocked(), "the lock is held whatever happens");
            }
        }
        return Coroutine.done();
    }

    /** Offers two items to three buyers, each with one signal; closes when all that can happen has happened. */
    @Async
    private static Coroutine<Integer> offer(Shop shop) {
        for (int i = 0; i < 2; i++) {
            try (var held = await(shop.condition.hold())) {
                shop.items.add(i);
                shop.condition.signal();
            }
            await(turn());
        }
        await(milliseconds(1));
        int unsold = shop.items.size();
        try (var held = await(shop.condition.hold())) {
            shop.closed = true;
            shop.condition.signalAll();
        }
        return Coroutine.of(unsold);
    }

    @Async
    private static Coroutine<Void> trading() {
        var shop = new Shop();
        var offer = spawn(offer(shop));
        List<Task<?>> buyers = await(work(buy(shop), buy(shop), buy(shop)));
        int unsold = await(offer);
        assertEquals("<Condition [unlocked]>", shop.condition.toString());
        long left = buyers.stream().filter(buyer -> !buyer.isCancelled()).count();
        assertTrue(shop.sold.size() >= Math.min(2, left), "a signal was lost");
        assertEquals(2, shop.sold.size() + unsold);
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_lose_no_signal_when_waiters_of_a_condition_are_cancelled(Order order) {
        cancelEverywhere(order, () -> trading());
    }

    // ---------------------------------------------------------------- Semaphore

    @Async
    private static Coroutine<Void> inside(Semaphore semaphore, Room room) {
        try (var held = await(semaphore.hold())) {
            room.enter();
            try {
                await(turn());
            } finally {
                room.leave();
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> limiting(Semaphore semaphore) {
        var room = new Room(2);
        await(work(inside(semaphore, room), inside(semaphore, room), inside(semaphore, room), inside(semaphore, room)));
        assertEquals(2, semaphore.permits());
        assertFalse(semaphore.isLocked());
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_lose_no_permit_when_its_takers_are_cancelled(Order order) {
        cancelEverywhere(order, () -> limiting(new Semaphore(2)));
        Cancellations.ofTasks("worker").in(order).run(() -> limiting(new BoundedSemaphore(2)));
    }

    /** Two at once are released; those who wait only for their turn must be woken though the first is cancelled. */
    @Async
    private static Coroutine<Void> releasing() {
        var semaphore = new Semaphore(0);
        var releaser = spawn(release(semaphore));
        List<Task<?>> tasks = await(work(semaphore.acquire(), semaphore.acquire(), semaphore.acquire()));
        await(releaser);
        assertEquals(tasks.stream().filter(Task::isCancelled).count(), semaphore.permits());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> release(Semaphore semaphore) {
        await(turn());
        semaphore.release();
        semaphore.release();
        await(turn());
        semaphore.release();
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_hand_on_every_permit_when_several_are_released_at_once(Order order) {
        cancelEverywhere(order, () -> releasing());
    }

    // ---------------------------------------------------------------- Barrier

    @Async
    private static Coroutine<Void> pass(Barrier barrier, List<Integer> indices) {
        try {
            int index = await(barrier.waitForAll());
            indices.add(index);
        } catch (BrokenBarrierError broken) {
            indices.add(-1);
        }
        return Coroutine.done();
    }

    /** Aborts the barrier when {@code comer} is cancelled, which may be before it has come. */
    @Async
    private static Coroutine<Void> supervise(Barrier barrier, Task<?> comer) {
        await(gatherSettled(comer));
        if (comer.isCancelled()) {
            await(barrier.abort());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> meeting() {
        var barrier = new Barrier(3);
        List<Integer> indices = new ArrayList<>();
        List<Task<?>> supervisors = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            supervisors.add(spawn(supervise(barrier, spawn(pass(barrier, indices), "worker-" + i))));
        }
        await(gatherSettled(supervisors));
        assertEquals(0, barrier.waiting());
        List<Integer> passed = indices.stream().filter(index -> index >= 0).sorted().toList();
        assertEquals(passed.stream().distinct().toList(), passed);
        if (indices.size() == 3 && !indices.contains(-1)) {
            assertEquals(List.of(0, 1, 2), passed);
            assertEquals("<Barrier [filling, waiters:0/3]>", barrier.toString());
        }
        await(barrier.reset());
        assertEquals("<Barrier [filling, waiters:0/3]>", barrier.toString());
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("many")
    void should_let_nobody_wait_for_ever_when_comers_to_a_barrier_are_cancelled_and_abort_it(Order order) {
        cancelEverywhere(order, () -> meeting());
    }
}
