package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Publishers from and to generators on a loop whose turns another executor runs. */
class SchedulerPublisherTest {

    static List<Scheduler> schedulers() {
        System.setProperty("java.awt.headless", "true");
        return List.of(Scheduler.forkJoin(), Scheduler.swing());
    }

    @Async
    @Generator
    private static Flow.Publisher<Integer> numbers(int to, Scheduler home, List<String> events) {
        for (int i = 1; i <= to; i++) {
            events.add("yields " + i + (home.isCurrent() ? "" : " elsewhere"));
            Gen.yield(i);
            await(sleep(Duration.ZERO));
        }
        return null;
    }

    /** Asks for one element at a time, each time from another thread. */
    private static final class OneByOne implements Flow.Subscriber<Integer> {
        private final Scheduler home;
        private final List<String> events;
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private Flow.Subscription subscription;

        OneByOne(Scheduler home, List<String> events) {
            this.home = home;
            this.events = events;
        }

        private void request() {
            CompletableFuture.runAsync(() -> subscription.request(1));
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            request();
        }

        @Override
        public void onNext(Integer value) {
            events.add("gets " + value + (home.isCurrent() ? "" : " elsewhere"));
            request();
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            events.add("complete" + (home.isCurrent() ? "" : " elsewhere"));
            end.complete(null);
        }
    }

    @Async
    private static Coroutine<Void> publish(Scheduler home, List<String> events) {
        var subscriber = new OneByOne(home, events);
        numbers(2, home, events).subscribe(subscriber);
        await(subscriber.end);
        return Coroutine.done();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_run_as_far_as_is_asked_on_the_scheduler_when_the_demand_comes_from_elsewhere(Scheduler scheduler)
            throws Exception {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        EventLoop.run(publish(scheduler, events), scheduler);
        assertEquals(List.of("yields 1", "gets 1", "yields 2", "gets 2", "complete"), events);
    }

    @Async
    private static Coroutine<Integer> consume(Flow.Publisher<Integer> publisher, Scheduler home) {
        int sum = 0;
        for (int value : awaitEach(AsyncGen.from(publisher))) {
            sum += home.isCurrent() ? value : 1_000_000;
        }
        return Coroutine.of(sum);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void should_come_back_with_each_element_when_the_publisher_sends_from_elsewhere(Scheduler scheduler)
            throws Exception {
        var loop = new EventLoop(scheduler);
        try (var publisher = new SubmissionPublisher<Integer>()) {
            CompletableFuture<Integer> sum = loop.submit(consume(publisher, scheduler));
            while (!publisher.hasSubscribers()) {
                Thread.onSpinWait();
            }
            for (int i = 1; i <= 1_000; i++) {
                publisher.submit(i);
            }
            publisher.close();
            assertEquals(500_500, sum.get());
        }
        loop.shutdown().get();
    }
}
