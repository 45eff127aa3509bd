package dev.backstitch.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link CancelScope} in the tree of scopes: which tasks are inside, and how its cancellation reaches them.
 *
 * <p>A task that waits is interrupted at once. One that runs, or is about to, finds out at its next suspension
 * ({@link #checkWaiting}): this is what makes the cancellation level-triggered.
 */
abstract class ScopeNode {
    final Task<?> host;
    /** Who has cancelled this; null as long as nobody has. */
    CancelRequest request;
    boolean shielded;
    boolean closed;
    /** The scope around this one; null if none. */
    private ScopeNode outer;
    /** Tasks whose innermost scope this is: the host, while it is in no scope further in, and tasks of groups. */
    private final Set<Task<?>> tasks = new LinkedHashSet<>();
    /** The scopes that are open directly in this one. */
    private final Set<ScopeNode> nested = new LinkedHashSet<>();

    /** A new innermost scope of {@code host}. */
    ScopeNode(Task<?> host) {
        this.host = host;
        this.outer = host.scope();
        if (outer != null) {
            outer.nested.add(this);
        }
        move(host, this);
    }

    // ---------------------------------------------------------------- where tasks are

    /** Makes {@code scope}, or none when that is null, the innermost scope of {@code task}. */
    static void move(Task<?> task, ScopeNode scope) {
        ScopeNode former = task.scope();
        if (former == scope) {
            return;
        }
        if (former != null) {
            former.tasks.remove(task);
        }
        task.details().scope = scope;
        if (scope != null) {
            scope.tasks.add(task);
        }
    }

    /** {@code task} is done. */
    static void forget(Task<?> task) {
        if (task.scope() != null) {
            move(task, null);
        }
    }

    /** Puts a new {@code task} into this. If it has run already, it may have begun to wait, in scopes of its own. */
    final void enter(Task<?> task) {
        ScopeNode own = task.scope();
        if (own == null) {
            move(task, this);
        } else {
            while (own.outer != null) {
                own = own.outer;
            }
            own.outer = this;
            nested.add(own);
        }
        CancelRequest reaching = task.scope().effective();
        if (reaching != null) {
            interrupt(task, reaching);
        }
    }

    /** Takes this out of the tree; the host is in the scope around it then. */
    final void leave() {
        closed = true;
        if (outer != null) {
            outer.nested.remove(this);
        }
        if (host.scope() == this) {
            ScopeNode around = outer;
            while (around != null && around.closed) { // it was closed too early
                around = around.outer;
            }
            move(host, around);
        }
    }

    // ---------------------------------------------------------------- what reaches them

    /** The next scope whose cancellation reaches what is directly inside; null when that is all. */
    final ScopeNode reaching() {
        return shielded ? null : outer;
    }

    /** The request that reaches what is directly inside: of the outermost scope that is cancelled; null if none is. */
    final CancelRequest effective() {
        CancelRequest outermost = null;
        for (ScopeNode s = this; s != null; s = s.reaching()) {
            outermost = s.request != null ? s.request : outermost;
        }
        return outermost;
    }

    /** Whether a scope around this one is cancelled, and its cancellation reaches what is inside. */
    final boolean isCancelledAround() {
        ScopeNode around = reaching();
        return around != null && around.effective() != null;
    }

    /** Throws into all tasks inside that wait. */
    final void interruptAll() {
        Deque<ScopeNode> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            ScopeNode scope = open.remove();
            CancelRequest reaching = scope.effective();
            for (Task<?> task : List.copyOf(scope.tasks)) {
                interrupt(task, reaching);
            }
            for (ScopeNode inner : scope.nested) {
                if (!inner.shielded) {
                    open.add(inner);
                }
            }
        }
    }

    /** {@code task}, whose innermost scope this is, has just begun to wait: not for long, if it is to be cancelled. */
    final void checkWaiting(Task<?> task) {
        CancelRequest reaching = effective();
        if (reaching != null && !interrupt(task, reaching) && !(task.waiting() instanceof LoopFuture<?>)) {
            task.details().mustCancel = true; // it only lets others run: its next step is the place
        }
    }

    /** Ends the wait of {@code task}; false when it does not wait, or what it waits for has just ended. */
    private static boolean interrupt(Task<?> task, CancelRequest request) {
        if (task.isDone() || task.loop.currentTask() == task) {
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
