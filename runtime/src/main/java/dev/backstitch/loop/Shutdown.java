package dev.backstitch.loop;

import dev.backstitch.Driver;
import java.util.List;
import java.util.Set;

/** The end of a {@link Runner}: no task outlives it. */
final class Shutdown {
    /** How often tasks may answer their cancellation with new tasks. */
    private static final int ROUNDS = 100;

    static final CancelRequest END = CancelRequest.because("the run is over");

    private Shutdown() {}

    /** Cancels all tasks, waits for them, and reports what they failed with. */
    static void cancelRemaining(EventLoop loop) {
        loop.runOnce(); // takes in what other threads have submitted: it ends like the rest
        Set<Task<?>> left = loop.allTasks();
        for (int round = 0; !left.isEmpty() && round < ROUNDS; round++) {
            for (Task<?> task : left) {
                task.cancelFor(END);
            }
            loop.runUntilDone(Gather.of(loop, left, true));
            for (Task<?> task : left) {
                Throwable failure = task.isCancelled() ? null : task.failure();
                if (failure != null) {
                    loop.report("unhandled exception during EventLoop.run() shutdown: " + task, failure, task);
                }
            }
            left = loop.allTasks();
        }
    }

    /** Reports the coroutines that this thread, which has run the loop, has made and nobody has awaited. */
    static void reportNeverAwaited(EventLoop loop) {
        for (Driver.Made made : Driver.neverAwaited()) {
            // The rewritten method itself makes the coroutine; it was called by the frame below.
            List<StackTraceElement> at = made.at();
            if (at.size() > 1 && isMethodOf(made)) {
                at = at.subList(1, at.size());
            }
            loop.callExceptionHandler(
                    new LoopError("coroutine was never awaited: " + made.coroutine(), null, made.coroutine(), at));
        }
    }

    private static boolean isMethodOf(Driver.Made made) {
        StackTraceElement top = made.at().get(0);
        return made.coroutine().toString().contains(top.getClassName() + "." + top.getMethodName() + "(");
    }

    /** Ends the views of tasks that will never be done, so that nobody waits for them for ever. */
    static void abandonPending(EventLoop loop) {
        for (Task<?> task : loop.tasks.copy()) {
            for (Object waiter : task.waiters()) {
                if (waiter instanceof TaskFuture<?> view) {
                    view.abandon();
                }
            }
        }
    }

    /** Reports the tasks that a loop which is closed will never finish. */
    static void reportPending(EventLoop loop) {
        for (Task<?> task : loop.tasks.copy()) {
            loop.report("Task was destroyed but it is pending! " + task, null, task);
        }
    }
}
