package dev.backstitch.loop;

import dev.backstitch.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Cancels a future and what it waits for, down the chain of awaits to the one that can be stopped at once. Where asyncio
 * recurses this goes round a loop: chains may be of any length.
 */
final class Cancellation {
    private final CancelRequest request;
    /** The children of gatherings still to be cancelled; null until there are some. */
    private Deque<LoopFuture<?>> more;

    private Cancellation(CancelRequest request) {
        this.request = request;
    }

    /**
     * Requests the end of {@code first}; says whether that reached anything, as far as the calling thread can know.
     *
     * @param tooLate called on the loop's thread when it turns out there that it has not
     */
    static boolean request(LoopFuture<?> first, CancelRequest request, Runnable tooLate) {
        if (!first.isCancellable()) {
            return false;
        }
        if (first.loop.mustHandIn()) {
            first.loop.callSoonThreadSafe(() -> {
                if (!request(first, request, tooLate)) {
                    tooLate.run();
                }
            });
            return true;
        }
        new Cancellation(request).run(first);
        return true;
    }

    /** As {@link #request}, for what {@code task} has just begun to wait for. */
    static boolean ofWaiting(Task<?> task, CancelRequest request) {
        var work = new Cancellation(request);
        Object target = task.waiting();
        if (target instanceof LoopFuture<?> future) {
            if (!future.isCancellable()) {
                return false;
            }
            work.run(future);
            return true;
        }
        return work.stop(task, target);
    }

    private void run(LoopFuture<?> first) {
        for (LoopFuture<?> f = first; f != null; ) {
            LoopFuture<?> next = f.isDone() ? null : cancel(f);
            f = next != null ? next : more == null ? null : more.poll();
        }
    }

    /** Cancels {@code f}, or notes that it is to be; returns what it waits for when the request goes on there. */
    private LoopFuture<?> cancel(LoopFuture<?> f) {
        if (f instanceof Task<?> task) {
            Details details = task.details();
            details.cancelling++;
            details.request = request;
            Object target = task.waiting();
            if (target instanceof LoopFuture<?> future && future.isCancellable()) {
                return future;
            }
            if (target instanceof TaskFuture<?> view && view.task.loop == task.loop && !view.task.isDone()) {
                return view.task;
            }
            if (!stop(task, target)) {
                details.mustCancel = true;
            }
            return null;
        }
        if (f instanceof Gather gather) {
            gather.cancelRequested = true;
            if (more == null) {
                more = new ArrayDeque<>();
            }
            List<LoopFuture<?>> children = gather.children;
            for (int i = children.size() - 1; i >= 0; i--) {
                if (children.get(i).isCancellable()) {
                    more.addFirst(children.get(i));
                }
            }
            return null;
        }
        if (!f.cancelLater(request)) {
            f.settle(new Outcome.Cancelled(request));
        }
        return null;
    }

    /** As {@link #stopAgain}; by any thread. */
    private void handInAgain(Task<?> task, Cancellable over) {
        try {
            task.loop.callSoonThreadSafe(() -> stopAgain(task, over));
        } catch (IllegalStateException closed) {
            // The loop has abandoned its tasks.
        }
    }

    /** {@code task} is still to be cancelled: the request has found {@code over}, for which it waited, ended by a result. */
    private void stopAgain(Task<?> task, Cancellable over) {
        Details details = task.details();
        if (task.isDone() || details.cancelling == 0) {
            return; // taken back meanwhile; or that of a scope, which asks anew whenever the task waits
        }
        details.mustCancel = task.waiting() == over || !ofWaiting(task, request);
    }

    /** Stops {@code target}, which {@code task} waits for and which is no {@link LoopFuture}; false when it is done. */
    private boolean stop(Task<?> task, Object target) {
        if (target instanceof Sleep sleep) {
            return sleep.cancel(task.loop, request);
        }
        if (target instanceof Cancellable other) {
            return !other.isDone() && other.requestCancel(request, () -> handInAgain(task, other));
        }
        if (target instanceof CompletableFuture<?> stage) {
            if (stage.isDone()) {
                return false;
            }
            task.details().abandoned = true;
            stage.cancel(true);
            if (!stage.isDone()) { // it will not be cancelled: leave it alone
                task.loop.enqueue(new Waker(task, stage));
            }
            return true;
        }
        if (target instanceof Promise<?> promise && (promise instanceof LoopFuture<?> || promise.isDone())) {
            return false; // the wake-up is on its way, or what was asked refuses
        }
        if (target != null) {
            task.details().abandoned = true;
            task.loop.enqueue(new Waker(task, target));
            return true;
        }
        return false;
    }
}
