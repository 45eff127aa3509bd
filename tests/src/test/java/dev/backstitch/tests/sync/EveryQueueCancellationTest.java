package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.Rig.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.LifoQueue;
import dev.backstitch.sync.PriorityQueue;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueShutDown;
import dev.backstitch.testing.Cancellations;
import dev.backstitch.testing.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link EveryCancellationTest}, for queues: what was put in comes out once. */
class EveryQueueCancellationTest {

    static Stream<Order> few() {
        return EveryCancellationTest.few();
    }

    static Stream<Order> orders() {
        return EveryCancellationTest.many().limit(9);
    }

    /** What went in and came out. */
    private static final class Books {
        final List<Integer> put = new ArrayList<>();
        final List<Integer> got = new ArrayList<>();
    }

    @Async
    private static Coroutine<Void> produce(Queue<Integer> queue, Books books, int from) {
        for (int i = from; i < from + 2; i++) {
            await(queue.put(i));
            books.put.add(i);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> consume(Queue<Integer> queue, Books books) {
        try {
            while (true) {
                int item = await(queue.get());
                books.got.add(item);
                queue.taskDone();
            }
        } catch (QueueShutDown end) {
            return Coroutine.done();
        }
    }

    @Async
    private static Coroutine<Void> exchange(Queue<Integer> queue, boolean atOnce) {
        var books = new Books();
        List<Task<?>> consumers = List.of(
                spawn(consume(queue, books), "worker-consumer-1"), spawn(consume(queue, books), "worker-consumer-2"));
        List<Task<?>> producers = List.of(
                spawn(produce(queue, books, 10), "worker-producer-1"), spawn(produce(queue, books, 20), "worker-producer-2"));
        var reserve = spawn(consumeLater(consumers, queue, books));
        await(gatherSettled(producers));
        if (atOnce) {
            queue.shutdownNow();
        } else {
            queue.shutdown();
        }
        await(gatherSettled(consumers));
        await(reserve);
        assertEquals(books.got.size(), books.got.stream().distinct().count(), "an item came out twice");
        assertTrue(books.put.containsAll(books.got), "an item came out that was not put in");
        if (!atOnce) {
            assertEquals(books.put.stream().sorted().toList(), books.got.stream().sorted().toList());
        }
        assertTrue(queue.isEmpty());
        await(queue.join());
        assertEquals("<" + queue.getClass().getSimpleName() + " [maxSize=1 shutdown]>", queue.toString());
        return Coroutine.done();
    }

    /** Takes what is left when all consumers have been cancelled. */
    @Async
    private static Coroutine<Void> consumeLater(List<Task<?>> consumers, Queue<Integer> queue, Books books) {
        await(gatherSettled(consumers));
        await(turn());
        await(consume(queue, books));
        return Coroutine.done();
    }

    private static void cancelEverywhere(Order order, Supplier<Queue<Integer>> queue) {
        Cancellations.ofTasks("worker").in(order).run(() -> exchange(queue.get(), false));
        Cancellations.ofTasks("worker").in(order).run(() -> exchange(queue.get(), true));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void should_lose_and_double_no_item_when_getters_and_putters_are_cancelled(Order order) {
        cancelEverywhere(order, () -> new Queue<>(1));
    }

    @ParameterizedTest
    @MethodSource("few")
    void should_lose_and_double_no_item_when_the_queue_has_an_order_of_its_own(Order order) {
        cancelEverywhere(order, () -> new LifoQueue<>(1));
        cancelEverywhere(order, () -> new PriorityQueue<>(1));
    }

    @Test
    void should_lose_and_double_no_item_when_two_are_cancelled() {
        Cancellations.ofTasks("worker").twice().run(() -> exchange(new Queue<>(1), false));
    }

    @Async
    private static Coroutine<Void> joining() {
        var queue = new Queue<Integer>();
        queue.putNow(1);
        List<Task<?>> joiners = List.of(spawn(queue.join(), "worker-1"), spawn(queue.join(), "worker-2"));
        await(turn());
        queue.getNow();
        await(turn());
        queue.taskDone();
        await(gatherSettled(joiners));
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void should_end_every_join_when_one_is_cancelled(Order order) {
        Cancellations.ofTasks("worker").in(order).twice().run(() -> joining());
    }
}
