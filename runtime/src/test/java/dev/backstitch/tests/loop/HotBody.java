package dev.backstitch.tests.loop;

import dev.backstitch.Coroutine;
import dev.backstitch.Signal;
import dev.backstitch.loop.Hot;
import dev.backstitch.loop.Task;
import java.util.concurrent.CompletableFuture;

/**
 * A hot coroutine written by hand, as the rewriter would make it: it awaits one thing after another in its caller, and
 * becomes a frame where one of them is not there.
 */
final class HotBody extends Coroutine<Object> {
    private final Body.Step[] steps;
    private final Body.Handler handler;
    private int next;

    private HotBody(int next, Body.Handler handler, Body.Step[] steps) {
        this.next = next;
        this.handler = handler;
        this.steps = steps;
    }

    static CompletableFuture<Object> future(Body.Step... steps) {
        return catching(null, steps);
    }

    /** As {@link #future}; {@code handler} takes what awaits throw after the first suspension. */
    static CompletableFuture<Object> catching(Body.Handler handler, Body.Step... steps) {
        Object out;
        try {
            out = start(handler, steps);
        } catch (Throwable t) {
            return Hot.failedFuture(t);
        }
        return out instanceof HotBody frame ? Hot.future(frame) : CompletableFuture.completedFuture(out);
    }

    static Task<Object> task(Body.Step... steps) {
        Object out;
        try {
            out = start(null, steps);
        } catch (Throwable t) {
            return Hot.failedTask(t);
        }
        return out instanceof HotBody frame ? Hot.task(frame) : Task.of(out);
    }

    /** Runs to the end, or to the first suspension: then the result is the frame. */
    private static Object start(Body.Handler handler, Body.Step[] steps) throws Throwable {
        Object received = null;
        for (int i = 0; ; i++) {
            Object out = steps[i].run(received);
            if (i == steps.length - 1) {
                return out;
            }
            received = out == Body.Yield.NOTHING ? Signal.SUSPENDED : await(out, null, 0);
            if (received == Signal.SUSPENDED || stops(received)) {
                var frame = new HotBody(i + 1, handler, steps);
                if (out == Body.Yield.NOTHING) {
                    frame.request(null);
                } else {
                    frame.waitOn(received, out);
                }
                return frame;
            }
        }
    }

    @Override
    protected Object run() throws Throwable {
        Object received = null;
        Throwable thrown = null;
        try {
            received = resumed();
        } catch (Throwable t) {
            thrown = t;
        }
        for (;;) {
            if (thrown != null && handler == null) {
                throw thrown;
            }
            Object out = thrown == null ? steps[next].run(received) : handler.handle(thrown);
            if (++next >= steps.length) {
                return out;
            }
            thrown = null;
            received = out == Body.Yield.NOTHING ? request(null) : await(out);
            if (received == Signal.SUSPENDED) {
                return received;
            }
        }
    }
}
