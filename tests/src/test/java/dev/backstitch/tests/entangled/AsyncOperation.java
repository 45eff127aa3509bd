package dev.backstitch.tests.entangled;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen.State;
import dev.backstitch.tests.entangled.Operation.Verb;

/** An operation of an asynchronous generator, and what was done to it: by that it is known where CPython cannot be followed. */
final class AsyncOperation {
    private final Verb verb;
    private final AsyncGen<Object> generator;
    private final Coroutine<Object> made;
    /** How often it was driven by others than an awaiter. */
    private int steps;
    private boolean wasAwaited;
    /** It was started by a send, or by an await: not by something thrown. */
    private boolean wasSent;
    /** Its generator has ignored its exit. */
    private boolean wasIgnored;

    AsyncOperation(Verb verb, AsyncGen<Object> generator, Coroutine<Object> made) {
        this.verb = verb;
        this.generator = generator;
        this.made = made;
    }

    Coroutine<Object> made() {
        return made;
    }

    State state() {
        return made.state();
    }

    boolean closes() {
        return verb == Verb.CLOSE;
    }

    void awaited() {
        wasAwaited = true;
        wasSent |= state() == State.CREATED;
    }

    /** Drives it. */
    Object step(Operation operation) {
        steps++;
        boolean starts = state() == State.CREATED;
        try {
            return CoroutineRun.step(made, operation);
        } catch (IllegalStateException e) {
            failed(e);
            throw e;
        } finally {
            // One that throws refuses a value, and has not started.
            wasSent |= starts && state() != State.CREATED && (operation.verb() == Verb.NEXT || operation.verb() == Verb.SEND);
        }
    }

    void failed(Throwable t) {
        wasIgnored |= closes() && "async generator ignored GeneratorExit".equals(t.getMessage());
    }

    /** Whether this has marked {@code other}, for CPython's {@code athrow()} and {@code aclose()}, as closed though it is not. */
    boolean isIgnoredBy(AsyncGen<Object> other) {
        return generator == other && wasSent && wasIgnored;
    }

    AsyncGen<Object> generator() {
        return generator;
    }

    /**
     * Why what would come of a {@code driven} is not compared; null when it is. What is awaited is left alone besides, as
     * coroutines are.
     *
     * @param driven null for an await
     * @param isIgnoring whether the generator {@link #isIgnoredBy ignores} an operation
     */
    String excluded(Verb driven, boolean isIgnoring) {
        switch (state()) {
            case RUNNING -> {
                // CPython complains as this library does, but takes the operation for used up and the generator for free
                // from then on, while the body still runs in the midst of the operation.
                return "running";
            }
            case SUSPENDED -> {
                // CPython does not ask whether it is somebody else who has started what is awaited, and goes on with it.
                return driven == null ? "started" : null;
            }
            case CLOSED -> {
                // An athrow() of CPython that was suspended and then ended does not know of its end: it resumes the generator
                // once more. Of one that ended at its first step, both say that it is used up.
                return throwsSomething() && (steps > 1 || wasAwaited) ? "used up" : null;
            }
            default -> {
                boolean sent = driven == null || driven == Verb.NEXT || driven == Verb.SEND;
                if (sent && generator.state() == State.CLOSED) {
                    return throwsSomething() ? "lost" : null; // by CPython, which tells nobody; a deliberate difference
                }
                // Another one: CPython will not reach the body.
                return sent && isIgnoring && (throwsSomething() || closes()) ? "ignoring" : null;
            }
        }
    }

    private boolean throwsSomething() {
        return verb == Verb.THROW || verb == Verb.EXIT;
    }
}
