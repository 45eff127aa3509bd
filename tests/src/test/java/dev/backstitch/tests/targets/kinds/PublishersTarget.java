package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.concurrent.Flow;

/** Asynchronous generators as publishers; the reference has none, so that the events are written down. */
@Language(16)
public class PublishersTarget {

    @Async
    @Generator
    private static Flow.Publisher<Object> numbers(int to, boolean fails) {
        log("run");
        try {
            for (int i = 0; i < to; i++) {
                Gen.yield(await(later("p" + i)));
            }
        } finally {
            log("finally " + await(later("f")));
        }
        if (fails) {
            throw new Failure("at the end");
        }
        return null;
    }

    /** Asks for one element after the other, for {@code most} of them, and cancels then. */
    private record Reader(int most, int[] seen, Flow.Subscription[] subscription) implements Flow.Subscriber<Object> {
        Reader(int most) {
            this(most, new int[1], new Flow.Subscription[1]);
        }

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription[0] = s;
            s.request(1);
        }

        @Override
        public void onNext(Object item) {
            log("got " + item);
            if (++seen[0] < most) {
                subscription[0].request(1);
            } else {
                subscription[0].cancel();
            }
        }

        @Override
        public void onError(Throwable t) {
            log("error " + Probe.describe(t));
        }

        @Override
        public void onComplete() {
            log("complete");
        }
    }

    @HardCase(value = 0, reference = false)
    static Object toTheEnd() { // logs("run, got p0, got p1, finally f, complete, called, value end")
        numbers(2, false).subscribe(new Reader(9));
        return "end";
    }

    @HardCase(value = 0, reference = false)
    static Object freshForEachSubscriber() { // logs("run, got p0, finally f, complete, run, got p0, finally f, complete, called, value end")
        Flow.Publisher<Object> publisher = numbers(1, false);
        publisher.subscribe(new Reader(9));
        publisher.subscribe(new Reader(9));
        return "end";
    }

    @HardCase(value = 32, reference = false)
    static Object failing() { // logs("run, got p0, finally f, error Failure(at the end), called, value end")
        numbers(1, true).subscribe(new Reader(9));
        return "end";
    }

    @HardCase(value = 38, reference = false)
    static Object cancelled() { // logs("run, got p0, got p1, finally f, called, value end")
        numbers(5, true).subscribe(new Reader(2));
        return "end";
    }
}
