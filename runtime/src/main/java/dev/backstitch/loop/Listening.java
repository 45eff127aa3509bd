package dev.backstitch.loop;

import dev.backstitch.Driver;
import dev.backstitch.Promise;
import java.util.concurrent.CompletionStage;

/** Has a task told of the end of what its body has asked for, or tells it that this cannot be awaited. */
final class Listening {
    private Listening() {}

    /** {@code task} waits for {@code request}: null or the next turn, a promise of this loop's or another's, or a stage. */
    static void to(Object request, Task<?> task) {
        if (request == null || request == Driver.nextTurn()) {
            task.loop.enqueue(task);
        } else if (request instanceof LoopFuture<?> future) {
            String refusal = refusal(future, task);
            if (refusal == null) {
                future.addWaiter(task);
            } else {
                task.throwSoon(new IllegalStateException(refusal));
            }
        } else if (request instanceof Sleep sleep) {
            to(sleep, task);
        } else if (!(request instanceof TaskFuture<?> view && view.task.loop == task.loop && isCycle(view, task))) {
            elsewhere(request, task);
        }
    }

    private static void to(Sleep sleep, Task<?> task) {
        try {
            sleep.addWaiter(task, task.loop);
        } catch (IllegalStateException refused) {
            task.throwSoon(refused);
        }
    }

    private static void elsewhere(Object request, Task<?> task) {
        if (request instanceof Promise<?> promise) {
            var waker = new Waker(task, promise);
            promise.whenDone(waker);
            waker.begin();
        } else if (request instanceof CompletionStage<?> stage) {
            var waker = new Waker(task, stage);
            stage.whenComplete(waker);
            waker.begin();
        } else {
            task.throwSoon(new IllegalStateException("Task got bad yield: " + request));
        }
    }

    /** Whether {@code view} leads back to {@code task}, which is told so. */
    private static boolean isCycle(TaskFuture<?> view, Task<?> task) {
        String cycle = AwaitCycle.describe(task, view.task);
        if (cycle != null) {
            task.throwSoon(new IllegalStateException(cycle));
        }
        return cycle != null;
    }

    private static String refusal(LoopFuture<?> future, Task<?> task) {
        if (future == task) {
            return "Task cannot await on itself: " + task;
        }
        if (future.loop != task.loop && future.loop != null) {
            return "Task " + task + " got Future " + future + " attached to a different loop";
        }
        return AwaitCycle.describe(task, future);
    }
}
