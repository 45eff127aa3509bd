package dev.backstitch.tests.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Signal;
import java.util.concurrent.Callable;

/**
 * A coroutine written by hand, as the rewriter would make it: steps that run one after the other; what a step returns is
 * awaited, and the next step gets the result. The last step's return value is the coroutine's.
 */
final class Body<T> extends Coroutine<T> {
    /** One piece of a body between two suspensions. */
    @FunctionalInterface
    interface Step {
        /** Gets the result of the last await; returns what to await next or, in the last step, the result. */
        Object run(Object received) throws Throwable;
    }

    /** What follows an await that threw; gets the exception. Returns as a {@link Step}, or throws. */
    @FunctionalInterface
    interface Handler {
        Object handle(Throwable thrown) throws Throwable;
    }

    private final Step[] steps;
    private Handler handler;
    private int next;

    private Body(Step... steps) {
        this.steps = steps;
    }

    static <T> Body<T> steps(Step... steps) {
        return new Body<>(steps);
    }

    /** A body that runs {@code code} and returns what that gives. */
    static <T> Body<T> returning(Callable<? extends T> code) {
        return steps(received -> code.call());
    }

    /** Awaits {@code target} and returns its result. */
    static <T> Body<T> awaiting(Object target) {
        return steps(received -> target, received -> received);
    }

    /** Has {@code handler} take the exceptions that awaits throw; it stands for the step that would have followed. */
    Body<T> catching(Handler handler) {
        this.handler = handler;
        return this;
    }

    @Override
    protected Object run() throws Throwable {
        Object received = null;
        Throwable thrown = null;
        if (next > 0) {
            try {
                received = resumed();
            } catch (Throwable t) {
                thrown = t;
            }
        }
        for (;;) {
            Object out;
            int step = next++;
            if (thrown != null) {
                if (handler == null) {
                    throw thrown;
                }
                out = handler.handle(thrown);
            } else {
                out = steps[step].run(received);
            }
            if (next >= steps.length) {
                return out;
            }
            try {
                thrown = null;
                received = out == Yield.NOTHING ? request(null) : await(out);
            } catch (Throwable t) {
                thrown = t;
                continue;
            }
            if (received == Signal.SUSPENDED) {
                return received;
            }
        }
    }

    /** Given back by a step that wants a bare yield: one turn of the loop. */
    enum Yield {
        NOTHING
    }
}
