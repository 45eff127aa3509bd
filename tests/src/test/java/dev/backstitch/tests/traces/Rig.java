package dev.backstitch.tests.traces;

import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.Promise;
import dev.backstitch.StopIteration;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.LoopFuture;
import java.util.ArrayList;
import java.util.List;

/** What the trace programs share; the twin of {@code rig.py}. Its frames are not the programs'. */
final class Rig {
    private Rig() {}

    static final class Oops extends RuntimeException {}

    static final class Other extends RuntimeException {
        Other() {}

        Other(Throwable cause) {
            super(cause);
        }
    }

    static final class Cancelled extends Error {}

    /** An exception as it was when it was noted. */
    record Noted(Throwable exception, StackTraceElement[] trace) {
        Noted(Throwable exception) {
            this(exception, exception.getStackTrace());
        }
    }

    static final List<Noted> NOTES = new ArrayList<>();

    /** Notes what the trace of {@code exception} shows where it was caught. */
    static void note(Throwable exception) {
        NOTES.add(new Noted(exception));
    }

    /** Notes what is in a group, and in the groups in it. */
    static void noteMembers(ExceptionGroup group) {
        for (Throwable member : group.exceptions()) {
            note(member);
            if (member instanceof ExceptionGroup inner) {
                noteMembers(inner);
            }
        }
    }

    /** Suspends its awaiter once. */
    static Awaitable<Object> pause() {
        return () -> List.of("pause").iterator();
    }

    /** A future without a loop: whoever awaits it suspends until it has failed. */
    static final class Failing implements Promise<Object> {
        private Throwable failure;

        void fail(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public boolean isDone() {
            return failure != null;
        }

        @Override
        public Object value() {
            throw new AssertionError("it has failed");
        }

        @Override
        public Throwable failure() {
            return failure;
        }

        @Override
        public void whenDone(Runnable callback) {
            throw new AssertionError("there is no loop to call it from");
        }
    }

    /** Has the running loop fail {@code future} in its next turn. */
    static void failSoon(LoopFuture<?> future) {
        EventLoop.current().callSoon(() -> future.fail(new Oops()));
    }

    /** Drives a coroutine to its first suspension, cancels it there, and drives it to its end. */
    static void cancel(Coroutine<?> coroutine) {
        coroutine.send(null);
        coroutine.raise(new Cancelled());
        run(coroutine);
    }

    /** Drives a coroutine to its end; every request is answered with null. */
    static <T> Object run(Coroutine<T> coroutine) {
        try {
            while (true) {
                coroutine.send(null);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }
}
