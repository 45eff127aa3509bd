package dev.backstitch.tests.operators;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Asynchronous generator methods that return a publisher, outside an event loop. */
class PublisherTest {
    private final List<Object> log = new ArrayList<>();
    private final List<CompletableFuture<Integer>> futures = new ArrayList<>();

    @Async
    @Generator
    private Flow.Publisher<Integer> counted(int to) {
        try {
            for (int i = 0; i < to; i++) {
                log.add("body " + i);
                Gen.yield(i);
            }
            log.add("end of body");
        } finally {
            log.add("finally");
        }
        return null;
    }

    @Async
    @Generator
    private Flow.Publisher<Integer> awaited(int to) {
        try {
            for (int i = 0; i < to; i++) {
                Gen.yield(await(next()));
            }
        } finally {
            log.add("finally");
        }
        return null;
    }

    @Async
    @Generator
    private Flow.Publisher<Integer> running(Runnable inBody) {
        try {
            inBody.run();
            Gen.yield(await(next()));
        } finally {
            log.add("finally");
        }
        return null;
    }

    private CompletableFuture<Integer> next() {
        var future = new CompletableFuture<Integer>();
        futures.add(future);
        return future;
    }

    /** Notes what it gets; asks for {@code more} from within each onNext. */
    private class Noting implements Flow.Subscriber<Integer> {
        private final long more;
        Flow.Subscription subscription;

        Noting(long more) {
            this.more = more;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer value) {
            log.add(value);
            if (more > 0) {
                subscription.request(more);
            }
        }

        @Override
        public void onError(Throwable failure) {
            log.add(failure);
        }

        @Override
        public void onComplete() {
            log.add("complete");
        }
    }

    private Noting subscribe(Flow.Publisher<Integer> publisher, long more) {
        var subscriber = new Noting(more);
        publisher.subscribe(subscriber);
        return subscriber;
    }

    @Test
    void should_run_the_body_as_far_as_was_asked_for() {
        var subscriber = subscribe(counted(3), 0);
        assertEquals(List.of(), log);

        subscriber.subscription.request(2);
        assertEquals(List.of("body 0", 0, "body 1", 1), log);

        subscriber.subscription.request(Long.MAX_VALUE);
        assertEquals(List.of("body 2", 2, "end of body", "finally", "complete"), log.subList(4, log.size()));
    }

    @Test
    void should_run_afresh_with_the_same_arguments_for_each_subscriber() {
        var publisher = counted(1);

        subscribe(publisher, 0).subscription.request(9);
        subscribe(publisher, 0).subscription.request(9);

        List<Object> once = List.of("body 0", 0, "end of body", "finally", "complete");
        assertEquals(once, log.subList(0, 5));
        assertEquals(once, log.subList(5, 10));
    }

    @Test
    void should_not_grow_the_stack_when_each_element_asks_for_the_next() {
        subscribe(counted(100_000), 1).subscription.request(1);

        assertEquals("complete", log.get(log.size() - 1));
    }

    @Test
    void should_go_on_where_the_awaited_stage_is_completed() {
        subscribe(awaited(2), 0).subscription.request(3);
        assertEquals(List.of(), log);

        futures.get(0).complete(7);
        assertEquals(List.of(7), log);
        futures.get(1).complete(8);
        assertEquals(List.of(7, 8, "finally", "complete"), log);
    }

    @Test
    void should_send_the_original_failure_when_the_body_fails() {
        var failure = new java.io.IOException("gone");
        subscribe(awaited(2), 0).subscription.request(1);

        futures.get(0).completeExceptionally(failure);

        assertEquals(List.of("finally", failure), log);
    }

    @Test
    void should_end_the_body_where_it_waits_when_cancelled() {
        var subscriber = subscribe(awaited(2), 0);
        subscriber.subscription.request(1);

        subscriber.subscription.cancel();

        assertEquals(List.of("finally"), log);
        assertTrue(futures.get(0).isCancelled());
        subscriber.subscription.request(1);
        subscriber.subscription.cancel();
        assertEquals(List.of("finally"), log);
    }

    @Test
    void should_end_the_body_at_its_next_wait_when_cancelled_while_it_runs() {
        var subscriber = new Noting(0);
        running(() -> subscriber.subscription.cancel()).subscribe(subscriber);

        subscriber.subscription.request(1);

        assertEquals(List.of("finally"), log);
    }

    @Test
    void should_close_the_body_at_its_yield_when_cancelled_between_elements() {
        var subscriber = subscribe(counted(9), 0);
        subscriber.subscription.request(1);

        subscriber.subscription.cancel();

        assertEquals(List.of("body 0", 0, "finally"), log);
    }

    @Test
    void should_send_nothing_more_when_cancelled_from_within_on_next() {
        var subscriber = new Noting(0) {
            @Override
            public void onNext(Integer value) {
                super.onNext(value);
                subscription.cancel();
            }
        };
        counted(9).subscribe(subscriber);
        subscriber.subscription.request(9);

        assertEquals(List.of("body 0", 0, "finally"), log);
    }

    @Test
    void should_close_the_body_and_send_an_error_when_asked_for_nothing() {
        var subscriber = subscribe(counted(9), 0);
        subscriber.subscription.request(1);

        subscriber.subscription.request(0);

        assertEquals(IllegalArgumentException.class, log.get(log.size() - 1).getClass());
        assertEquals("finally", log.get(log.size() - 2));
    }

    @Test
    void should_refuse_a_null_subscriber() {
        var publisher = counted(1);

        assertThrows(NullPointerException.class, () -> publisher.subscribe(null));
    }

    @Test
    void should_read_its_own_publisher_when_turned_back_into_a_generator() {
        assertEquals(List.of(0, 1, 2), new Runs().run(AsyncGen.from(counted(3)).toList()));
    }
}
