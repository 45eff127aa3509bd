package dev.backstitch;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.annotations.Async;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of an asynchronous generator for one subscriber. {@link #request} and {@link #cancel} may be called from any
 * thread, also from within {@code onNext}; they note what is wanted and, when no {@link #pump} is at work, start one. A
 * pump works off what is wanted, one step after the other, so signals are serial and a request never recurses.
 */
final class GenSubscription<T> implements Flow.Subscription {
    private final AsyncGen<T> gen;
    private final PumpRunner runner;
    /** Null once the subscriber must not be called again. */
    private Flow.Subscriber<? super T> subscriber;
    private final AtomicLong demand = new AtomicLong();
    /** How many calls the pump at work has not seen; 0 when there is none. Stays up when there is nothing more to do. */
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile IllegalArgumentException refused;
    /** Whether the pump waits for the generator's next value, which a cancellation may interrupt. */
    private volatile boolean pulling;

    GenSubscription(AsyncGen<T> gen, Flow.Subscriber<? super T> subscriber) {
        this.gen = gen;
        this.subscriber = subscriber;
        this.runner = PumpRunner.here(() -> pulling);
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            refused = new IllegalArgumentException("request(" + n + "): must be positive (Reactive Streams rule 3.9)");
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        work();
    }

    @Override
    public void cancel() {
        synchronized (this) { // only the first one interrupts: another would hit the clean-up
            if (cancelled) {
                return;
            }
            cancelled = true;
        }
        if (!work()) {
            runner.interrupt();
        }
    }

    /** Starts a pump unless one is at work; returns whether it did. */
    private boolean work() {
        if (calls.getAndIncrement() != 0) {
            return false;
        }
        try {
            runner.start(pump());
        } catch (IllegalStateException closed) { // the event loop is
            var to = subscriber;
            subscriber = null;
            if (!cancelled) {
                to.onError(closed);
            }
        }
        return true;
    }

    /** Works until nothing is wanted any more. Its failure is nobody's but the program's: see {@link PumpRunner}. */
    @Async
    private Coroutine<Void> pump() {
        int seen = 1;
        do {
            while (subscriber != null && (cancelled || refused != null || demand.get() > 0)) {
                await(step());
            }
            if (subscriber == null) {
                break; // leaving calls above 0: no pump will start again
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> step() {
        var to = subscriber;
        if (cancelled) {
            subscriber = null;
            await(gen.close());
            return Coroutine.done();
        }
        if (refused != null) {
            await(fail(to, refused));
            return Coroutine.done();
        }
        T value;
        pulling = true;
        try {
            value = await(gen.next());
        } catch (StopAsyncIteration end) {
            subscriber = null;
            if (!cancelled) {
                to.onComplete();
            }
            return Coroutine.done();
        } catch (Throwable failure) {
            subscriber = null;
            if (!cancelled) {
                to.onError(failure);
            } else if (!runner.isInterrupt(failure)) {
                throw failure; // by a finally block: there is no subscriber to tell
            }
            return Coroutine.done();
        } finally {
            pulling = false;
        }
        if (cancelled) {
            return Coroutine.done();
        }
        if (value == null) {
            await(fail(to, new NullPointerException("a publisher cannot send null, which the generator yielded")));
            return Coroutine.done();
        }
        demand.accumulateAndGet(1, (had, one) -> had == Long.MAX_VALUE ? had : had - one);
        try {
            to.onNext(value);
        } catch (Throwable broken) { // rule 2.13: as if it had cancelled
            subscriber = null;
            await(gen.close());
            throw broken;
        }
        return Coroutine.done();
    }

    /** Closes the generator and tells the subscriber that it is over. */
    @Async
    private Coroutine<Void> fail(Flow.Subscriber<? super T> to, Throwable failure) {
        subscriber = null;
        try {
            await(gen.close());
        } catch (Throwable t) {
            failure.addSuppressed(t);
        }
        to.onError(failure);
        return Coroutine.done();
    }
}
