package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How cancel scopes reach tasks: where a task is, and what a cancelled scope does to those inside. */
final class Scopes {
    private Scopes() {}

    /** Makes {@code scope}, or none when that is null, the innermost scope of {@code task}. */
    static void move(Task<?> task, CancelScope scope) {
        CancelScope former = task.scope();
        if (former == scope) {
            return;
        }
        if (former != null) {
            former.tasks().remove(task);
        }
        task.details().scope = scope;
        if (scope != null) {
            scope.tasks().add(task);
        }
    }

    /** Puts a new {@code task} in {@code scope}. If it has run already, it may have begun to wait, in scopes of its own. */
    static void enter(Task<?> task, CancelScope scope) {
        CancelScope own = task.scope();
        if (own == null) {
            move(task, scope);
        } else {
            own.adoptInto(scope);
        }
        CancelRequest request = task.scope().effective();
        if (request != null) {
            interrupt(task, request);
        }
    }

    /** {@code task} is done. */
    static void forget(Task<?> task) {
        CancelScope scope = task.scope();
        if (scope != null) {
            scope.tasks().remove(task);
            task.details().scope = null;
        }
    }

    /** Throws into all tasks inside {@code cancelled} that wait; the others find out at their next await. */
    static void interrupt(CancelScope cancelled) {
        Deque<CancelScope> open = new ArrayDeque<>(List.of(cancelled));
        while (!open.isEmpty()) {
            CancelScope scope = open.remove();
            CancelRequest request = scope.effective();
            for (Task<?> task : List.copyOf(scope.tasks())) {
                interrupt(task, request);
            }
            for (CancelScope inner : scope.nested()) {
                if (!inner.isShielded()) {
                    open.add(inner);
                }
            }
        }
    }

    /** {@code task} has just begun to wait: not for long, if it is inside a cancelled scope. */
    static void checkWaiting(Task<?> task, CancelScope innermost) {
        CancelRequest request = innermost.effective();
        if (request != null && !interrupt(task, request) && !(task.waiting() instanceof LoopFuture<?>)) {
            task.details().mustCancel = true; // it only lets others run: its next step is the place
        }
    }

    /** Ends the wait of {@code task}; false when it does not wait, or what it waits for has just ended. */
    private static boolean interrupt(Task<?> task, CancelRequest request) {
        if (task.isDone() || task.loop.currentTask == task) {
            return false;
        }
        Details details = task.details();
        details.request = request;
        if (task.waiting() instanceof Task<?> other && !other.isDone() && other.scope() != null) {
            other.removeWaiter(task); // that one's scope decides about it
            details.abandoned = true;
            task.loop.enqueue(task);
            return true;
        }
        return Cancellation.ofWaiting(task, request);
    }
}
