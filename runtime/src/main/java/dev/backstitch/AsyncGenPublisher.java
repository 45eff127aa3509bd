package dev.backstitch;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * What an asynchronous generator method that returns {@link Flow.Publisher} gives: each subscription is a run of its own,
 * with the arguments of the call, pulled by the subscriber's demand. Follows the rules of Reactive Streams.
 *
 * <p>The body runs, and the subscriber is called, on the event loop that was running where {@code subscribe} was called;
 * where there was none, on the thread that requests, or on the one that completes what the body awaits, and never on two
 * at the same time. Nothing runs before the first request; the end of the body is found, and signalled, by the request
 * after the last element. {@code cancel} ends the body where it waits, by a cancellation, so that its {@code finally}
 * blocks run.
 */
public final class AsyncGenPublisher<T> implements Flow.Publisher<T> {
    private final Supplier<AsyncGen<T>> runs;

    private AsyncGenPublisher(Supplier<AsyncGen<T>> runs) {
        this.runs = runs;
    }

    /**
     * Called by rewritten code.
     *
     * @param prototype the frame of the call, which is never run itself; not null
     */
    @SuppressWarnings("unchecked")
    public static <T> Flow.Publisher<T> of(AsyncGen<T> prototype) {
        Objects.requireNonNull(prototype, "prototype");
        return new AsyncGenPublisher<>(() -> (AsyncGen<T>) prototype.fresh());
    }

    /** A publisher of {@code gen} itself, for one subscriber; another one is sent an {@link IllegalStateException}. */
    static <T> Flow.Publisher<T> once(AsyncGen<T> gen) {
        var left = new java.util.concurrent.atomic.AtomicReference<>(gen);
        return new AsyncGenPublisher<>(() -> left.getAndSet(null));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        AsyncGen<T> run = runs.get();
        if (run == null) {
            subscriber.onSubscribe(Rejected.SUBSCRIPTION);
            subscriber.onError(new IllegalStateException("an asynchronous generator can have only one subscriber"));
            return;
        }
        subscriber.onSubscribe(new GenSubscription<>(run, subscriber));
    }

    /** The subscription of a subscriber that is refused. */
    private enum Rejected implements Flow.Subscription {
        SUBSCRIPTION;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
