package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Generators of other things, and generator methods whose result can be run many times. */
class SourcesTest {
    private final Runs runs = new Runs();

    @Test
    void should_give_the_elements_of_an_iterable_an_array_or_a_stream() {
        assertEquals(List.of(1, 2), runs.run(AsyncGen.from(List.of(1, 2)).toList()));
        assertEquals(List.of("a", "b"), runs.run(AsyncGen.of("a", "b").toList()));
        assertEquals(List.of(1, 2), runs.run(AsyncGen.from(Stream.of(1, 2)).toList()));
    }

    @Test
    void should_return_the_generator_itself_when_made_from_one() {
        AsyncGen<Integer> gen = AsyncGen.of(1);

        assertSame(gen, AsyncGen.<Number>from(gen));
    }

    @Test
    void should_close_the_stream_when_exhausted_closed_or_failed() {
        var closed = new ArrayList<String>();
        runs.run(AsyncGen.from(Stream.of(1).onClose(() -> closed.add("exhausted"))).toList());
        runs.run(AsyncGen.from(Stream.of(1, 2).onClose(() -> closed.add("early"))).first());
        assertThrows(ArithmeticException.class, () -> runs.run(
                AsyncGen.from(Stream.of(0).map(i -> 1 / i).onClose(() -> closed.add("failed"))).toList()));

        assertEquals(List.of("exhausted", "early", "failed"), closed);
    }

    @Test
    void should_close_a_generator_when_it_is_the_source() {
        Gen<Integer> numbers = numbers();

        assertEquals(List.of(0, 1), runs.run(AsyncGen.<Integer>from(numbers).take(2).toList()));
        assertEquals(Gen.State.CLOSED, numbers.state());
    }

    @Test
    void should_ask_a_publisher_for_one_element_per_pull() {
        var publisher = new ManualPublisher();
        AsyncGen<Integer> gen = AsyncGen.from(publisher);
        assertEquals(0, publisher.subscriptions);

        assertEquals(0, runs.run(gen.next()));
        assertEquals(1, publisher.requested);
        assertEquals(1, runs.run(gen.next()));
        assertEquals(2, publisher.requested);
        assertFalse(publisher.cancelled);

        runs.run(gen.close());
        assertTrue(publisher.cancelled);
        assertEquals(1, publisher.subscriptions);
    }

    @Test
    void should_end_with_the_publisher_and_throw_its_failure() {
        assertEquals(List.of(0, 1, 2), runs.run(AsyncGen.from(new ManualPublisher()).toList()));

        var failure = new IllegalStateException("broken");
        var failing = new ManualPublisher();
        failing.failure = failure;
        var seen = new ArrayList<Integer>();
        var thrown = assertThrows(
                IllegalStateException.class, () -> runs.run(AsyncGen.from(failing).forEach(seen::add)));
        assertSame(failure, thrown);
        assertEquals(List.of(0, 1, 2), seen);
        assertFalse(failing.cancelled, "a publisher that has ended is not cancelled");
    }

    @Test
    void should_fail_when_the_publisher_sends_more_than_was_asked_for() {
        Flow.Publisher<Integer> eager = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscriber.onNext(1);
                subscriber.onNext(2);
            }

            @Override
            public void cancel() {
                runs.log("cancelled");
            }
        });
        AsyncGen<Integer> gen = AsyncGen.from(eager);

        assertEquals(1, runs.run(gen.next()));
        assertThrows(IllegalStateException.class, () -> runs.run(gen.next()));
        assertEquals(List.of("cancelled"), runs.log());
    }

    @Test
    void should_start_a_run_of_its_own_for_each_iterator_when_a_generator_returns_iterable() {
        Iterable<Integer> upTo = upTo(3);
        Iterator<Integer> first = upTo.iterator();
        first.next();

        Iterator<Integer> second = upTo.iterator();

        assertNotSame(first, second);
        assertEquals(0, second.next());
        assertEquals(1, first.next());
        var all = new ArrayList<Integer>();
        upTo.forEach(all::add);
        assertEquals(List.of(0, 1, 2), all);
        assertEquals(List.of(0, 1, 2), runs.run(AsyncGen.from(upTo).toList()));
    }

    @Generator
    private static Iterable<Integer> upTo(int to) {
        for (int i = 0; i < to; i++) {
            Gen.yield(i);
        }
        return null;
    }

    @Generator
    private static Gen<Integer> numbers() {
        for (int i = 0; ; i++) {
            Gen.yield(i);
        }
    }

    /** Sends 0, 1 and 2, each when asked, and then its end, without being asked. */
    private static final class ManualPublisher implements Flow.Publisher<Integer>, Flow.Subscription {
        private Flow.Subscriber<? super Integer> subscriber;
        private int subscriptions;
        private long requested;
        private boolean cancelled;
        private Throwable failure;

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> to) {
            subscriptions++;
            subscriber = to;
            to.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            for (long i = 0; i < n && requested < 3; i++) {
                subscriber.onNext((int) requested++);
                if (requested == 3 && failure != null) {
                    subscriber.onError(failure);
                } else if (requested == 3) {
                    subscriber.onComplete();
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
