package dev.backstitch;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

/**
 * What can be awaited or delegated to besides a coroutine: promises, stages, {@link Awaitable}s, iterators. Either it is done, or
 * it is waited for, by a frame of its own where it hands requests or values on. Stateless.
 */
final class Awaitables {
    private Awaitables() {}

    /** Stands for "not done", where what is awaited is no frame. */
    static final Frame PENDING = new Pending(null);

    /** What an awaiter that may have no frame gets instead of a result when it must wait for something that is no frame. */
    static final class Pending extends Frame {
        Pending(Object awaited) {
            link = awaited;
            loose();
        }

        @Override
        protected Object run() {
            throw new AssertionError("never run");
        }
    }

    static Object awaitOther(Object awaitable, Frame runner) {
        if (awaitable == Turn.NEXT) {
            return PENDING; // which is most of what is not done
        }
        if (awaitable instanceof Promise<?> promise) {
            return promise.isDone() ? outcome(promise, runner) : PENDING;
        }
        if (awaitable instanceof CompletionStage<?> stage) {
            var future = stage.toCompletableFuture();
            if (future.isDone()) {
                return outcome(future, runner);
            }
            return future == stage ? PENDING : new Pending(future);
        }
        return requestsOf(awaitable);
    }

    /** The frame of the requests of something awaitable, to be waited for. */
    private static Frame requestsOf(Object awaitable) {
        if (awaitable instanceof Awaitable<?> other) {
            Iterator<?> requests = other.requests();
            if (requests == null) {
                throw new NullPointerException("requests() of " + other.getClass().getName() + " returned null");
            }
            Frame frame = adopt(requests);
            frame.loose();
            return frame;
        }
        if (awaitable == null) {
            throw new NullPointerException("null can't be used in 'await' expression");
        }
        throw new IllegalArgumentException(
                "object " + awaitable.getClass().getName() + " can't be used in 'await' expression");
    }

    static Object outcome(Object done, Frame runner) {
        Object outcome = Outcomes.of(done);
        if (outcome instanceof Raised raised) {
            Traces.awaited(raised.exception(), runner, done);
            throw Throwables.sneaky(raised.exception());
        }
        return outcome;
    }

    /** The frame that produces what {@code iterable} yields: itself when it is a generator nobody has touched. */
    static Frame adopt(Object iterable) {
        if (iterable instanceof Gen<?> gen) {
            return gen.adopt() ? gen : new SharedGenFrame(gen);
        }
        if (iterable instanceof Iterator<?> iterator) {
            return new IteratorFrame(iterator, iterator);
        }
        if (iterable instanceof Iterable<?> source) {
            return adopt(source.iterator());
        }
        if (iterable instanceof BaseStream<?, ?> stream) {
            return new IteratorFrame(stream, stream.iterator());
        }
        if (iterable == null) {
            throw new NullPointerException("null can't be used in 'yieldFrom'");
        }
        throw new IllegalArgumentException(
                "object " + iterable.getClass().getName() + " is not iterable: it can't be used in 'yieldFrom'");
    }
}
