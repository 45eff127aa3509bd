package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** A publisher that is subscribed to on an event loop runs there, whoever asks. */
class LoopPublisherTest {
    private final List<Object> log = new ArrayList<>();

    @Async
    @Generator
    private Flow.Publisher<Integer> ticks(int to) {
        try {
            for (int i = 0; i < to; i++) {
                await(Tasks.sleep(Duration.ZERO));
                Gen.yield(i);
            }
            await(new LoopFuture<Void>(EventLoop.current()));
        } finally {
            await(Tasks.sleep(Duration.ZERO));
            log.add("finally");
        }
        return null;
    }

    /** Notes what it gets and on which thread; ends {@link #over} at the count or at an error. */
    private final class Noting implements Flow.Subscriber<Integer> {
        private final LoopFuture<Void> over = new LoopFuture<>(EventLoop.current());
        private final Thread loopThread = Thread.currentThread();
        private final int count;
        private Flow.Subscription subscription;

        Noting(int count) {
            this.count = count;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer value) {
            log.add(Thread.currentThread() == loopThread ? value : "on " + Thread.currentThread());
            if (value == count - 1) {
                over.complete(null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            log.add(failure);
            over.complete(null);
        }

        @Override
        public void onComplete() {
            log.add("complete");
        }
    }

    @Async
    private static Coroutine<Void> settle() {
        for (int turn = 0; turn < 12; turn++) {
            await(Tasks.sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void should_run_on_the_loop_when_another_thread_asks() {
        EventLoop.run(askedFromElsewhere());

        assertEquals(List.of(0, 1, 2, "finally"), log);
    }

    @Async
    private Coroutine<Void> askedFromElsewhere() {
        var subscriber = new Noting(3);
        ticks(3).subscribe(subscriber);
        await(Tasks.toThread(() -> {
            subscriber.subscription.request(9);
            return null;
        }));
        await(subscriber.over);
        await(settle());
        await(Tasks.toThread(() -> {
            subscriber.subscription.cancel();
            return null;
        }));
        await(settle());
        return Coroutine.done();
    }

    @Test
    void should_send_an_error_when_asked_after_the_loop_was_closed() {
        var subscriber = EventLoop.run(subscribed());

        subscriber.subscription.request(1);

        assertInstanceOf(IllegalStateException.class, log.get(0));
        assertEquals(1, log.size());
    }

    @Async
    private Coroutine<Noting> subscribed() {
        var subscriber = new Noting(3);
        ticks(3).subscribe(subscriber);
        return Coroutine.of(subscriber);
    }

    @Test
    void should_serve_one_subscriber_when_a_generator_is_published() {
        AsyncGen<Integer> gen = AsyncGen.of(0, 1);
        Flow.Publisher<Integer> publisher = gen.toPublisher();

        assertEquals(List.of(0, 1), new Runs().run(AsyncGen.from(publisher).toList()));
        EventLoop.run(secondSubscriber(publisher));
        assertInstanceOf(IllegalStateException.class, log.get(0));
    }

    @Async
    private Coroutine<Void> secondSubscriber(Flow.Publisher<Integer> publisher) {
        var subscriber = new Noting(1);
        publisher.subscribe(subscriber);
        await(subscriber.over);
        return Coroutine.done();
    }
}
