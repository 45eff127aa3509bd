package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The future of {@link Tasks#gather}: done when all children are, or one has failed. Cancelling it cancels them. */
final class Gather extends LoopFuture<List<Object>> {
    /** In the order of the arguments; the same future twice when the same thing was given twice. */
    final List<LoopFuture<?>> children;
    /** Whether a cancellation was handed to the children: when they are done, so it is answered. */
    boolean cancelRequested;

    private final boolean exceptionsAsResults;
    private int running;

    private Gather(EventLoop loop, List<LoopFuture<?>> children, boolean exceptionsAsResults) {
        super(loop);
        this.children = children;
        this.exceptionsAsResults = exceptionsAsResults;
    }

    /**
     * Gathers {@code awaitables} on {@code loop}.
     *
     * @param exceptionsAsResults whether a failure takes its place among the results instead of ending the whole
     */
    static Gather of(EventLoop loop, Collection<?> awaitables, boolean exceptionsAsResults) {
        Map<Object, LoopFuture<?>> known = new IdentityHashMap<>();
        List<LoopFuture<?>> children = new ArrayList<>(awaitables.size());
        List<LoopFuture<?>> distinct = new ArrayList<>(awaitables.size());
        for (Object awaitable : awaitables) {
            LoopFuture<?> child = known.get(awaitable);
            if (child == null) {
                child = Futures.of(awaitable, loop);
                known.put(awaitable, child);
                distinct.add(child);
            }
            children.add(child);
        }
        var gather = new Gather(loop, Collections.unmodifiableList(children), exceptionsAsResults);
        gather.listen(distinct);
        return gather;
    }

    private void listen(List<LoopFuture<?>> distinct) {
        running = distinct.size();
        if (running == 0) {
            complete(List.of());
        }
        List<LoopFuture<?>> done = new ArrayList<>();
        for (LoopFuture<?> child : distinct) {
            if (child.isDone()) {
                done.add(child);
            } else {
                child.addWaiter(new Child(this, child));
            }
        }
        done.forEach(this::ended);
    }

    /** The callback on a child. */
    private record Child(Gather gather, LoopFuture<?> child) implements AwaitedBy {
        @Override
        public void run() {
            gather.ended(child);
        }

        @Override
        public LoopFuture<?> awaiter() {
            return gather;
        }
    }

    private void ended(LoopFuture<?> child) {
        running--;
        if (isDone()) {
            if (!child.isCancelled()) {
                child.failure(); // seen; the first failure has already spoken for all
            }
            return;
        }
        Throwable failure = exceptionsAsResults ? null : child.failure();
        if (failure != null) {
            settleFailed(failure);
        } else if (running == 0) {
            finish();
        }
    }

    private void finish() {
        List<Object> results = new ArrayList<>(children.size());
        CancelledError cancelled = null;
        for (LoopFuture<?> child : children) {
            Throwable failure = child.failure();
            results.add(failure == null ? child.value() : failure);
            cancelled = failure instanceof CancelledError error ? error : cancelled;
        }
        if (cancelRequested) {
            settleFailed(cancelled == null ? new CancelledError() : cancelled);
        } else {
            settle(Collections.unmodifiableList(results));
        }
    }

    @Override
    List<LoopFuture<?>> dependencies() {
        return children;
    }

    @Override
    boolean isCancellable() {
        if (isDone()) {
            return false;
        }
        for (LoopFuture<?> child : children) {
            if (child.isCancellable()) {
                return true;
            }
        }
        return false;
    }
}
