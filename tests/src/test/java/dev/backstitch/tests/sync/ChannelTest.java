package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.tests.sync.Rig.failureOf;
import static dev.backstitch.tests.sync.Rig.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.Task;
import dev.backstitch.sync.Channel;
import dev.backstitch.sync.ChannelClosed;
import dev.backstitch.sync.Receiver;
import dev.backstitch.sync.Sender;
import dev.backstitch.testing.Cancellations;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;
import dev.backstitch.testing.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelTest implements CoroutineTests {
    private final Channel<Integer> channel = Channel.open(1);
    private final List<Integer> received = new ArrayList<>();

    @Async
    private Coroutine<Void> send(Sender<Integer> sender, int from, int to) {
        try (sender) {
            for (int i = from; i < to; i++) {
                await(sender.send(i));
            }
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> receive(Receiver<Integer> receiver) {
        try (receiver) {
            for (int item : awaitEach(receiver.items())) {
                received.add(item);
            }
        }
        return Coroutine.done();
    }

    @CoroutineTest(shuffled = 30, pct = 30)
    @Async
    Coroutine<Void> should_end_for_the_receivers_when_all_senders_are_closed() {
        await(gather(
                receive(channel.receiver().copy()), receive(channel.receiver()),
                send(channel.sender().copy(), 0, 3), send(channel.sender(), 3, 6)));
        assertEquals(List.of(0, 1, 2, 3, 4, 5), received.stream().sorted().toList());
        return Coroutine.done();
    }

    @CoroutineTest
    @Async
    Coroutine<Void> should_fail_for_a_sender_that_waits_when_all_receivers_are_closed() {
        var sender = spawn(send(channel.sender(), 0, 5));
        await(turn());
        assertEquals(0, await(channel.receiver().receive()));
        await(turn());
        assertFalse(sender.isDone());
        channel.receiver().close();
        var failure = await(failureOf(sender));
        assertInstanceOf(ChannelClosed.class, failure);
        assertEquals("nobody is left to receive", failure.getMessage());
        return Coroutine.done();
    }

    @CoroutineTest
    @Async
    Coroutine<Void> should_go_on_when_another_end_of_the_same_side_is_left() {
        var sender = channel.sender().copy();
        var receiver = channel.receiver().copy();
        channel.sender().close();
        channel.sender().close();
        channel.receiver().close();
        await(sender.send(1));
        assertEquals(1, await(receiver.receive()));
        var waiting = spawn(receiver.receive());
        await(turn());
        sender.close();
        assertEquals("nobody is left to send", await(failureOf(waiting)).getMessage());
        return Coroutine.done();
    }

    @CoroutineTest
    @Async
    Coroutine<Void> should_refuse_when_a_closed_end_is_used() {
        channel.sender().close();
        channel.receiver().close();
        assertEquals("this end is closed", await(failureOf(channel.sender().send(1))).getMessage());
        assertEquals("this end is closed", await(failureOf(channel.receiver().receive())).getMessage());
        assertThrows(ChannelClosed.class, () -> channel.sender().copy());
        assertThrows(ChannelClosed.class, () -> channel.receiver().copy());
        return Coroutine.done();
    }

    @Test
    void should_refuse_when_nothing_would_fit_in() {
        assertThrows(IllegalArgumentException.class, () -> Channel.open(0));
    }

    static Stream<Order> orders() {
        return EveryCancellationTest.many();
    }

    /** The end belongs to the caller, who closes it even when the task never starts. */
    @Async
    private static Coroutine<Void> supervise(Runnable close, Task<?> user) {
        await(gatherSettled(user));
        close.run();
        return Coroutine.done();
    }

    /** Whoever is cancelled has its end closed, so that nobody else waits for ever. */
    @Async
    private static Coroutine<Void> exchange() {
        var test = new ChannelTest();
        var sender = test.channel.sender();
        var other = sender.copy();
        var receiver = test.channel.receiver();
        await(gather(
                supervise(receiver::close, spawn(test.receive(receiver), "worker-receiver")),
                supervise(sender::close, spawn(test.send(sender, 0, 2), "worker-1")),
                supervise(other::close, spawn(test.send(other, 2, 4), "worker-2"))));
        assertEquals(test.received.stream().distinct().count(), test.received.size());
        assertTrue(List.of(0, 1, 2, 3).containsAll(test.received));
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void should_let_nobody_wait_for_ever_when_users_are_cancelled(Order order) {
        Cancellations.ofTasks("worker").in(order).run(() -> exchange());
    }
}
