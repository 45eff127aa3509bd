package dev.backstitch.loop;

import java.util.List;

/** The outer future of {@link Tasks#shield}: cancelling it leaves the inner one alone. */
final class Shield<T> extends LoopFuture<T> {
    private final LoopFuture<T> inner;
    private final Inner innerDone = new Inner(this);

    private Shield(LoopFuture<T> inner) {
        super(inner.loop);
        this.inner = inner;
    }

    /** {@code inner} itself when it is done already. */
    static <T> LoopFuture<T> of(LoopFuture<T> inner) {
        if (inner.isDone()) {
            return inner;
        }
        var outer = new Shield<>(inner);
        inner.addWaiter(outer.innerDone);
        outer.addWaiter((Runnable) () -> inner.removeWaiter(outer.innerDone));
        return outer;
    }

    /** The callback on the inner future. */
    private record Inner(Shield<?> outer) implements AwaitedBy {
        @Override
        public void run() {
            outer.innerDone();
        }

        @Override
        public LoopFuture<?> awaiter() {
            return outer;
        }
    }

    @Override
    List<LoopFuture<?>> dependencies() {
        return isDone() ? List.of() : List.of(inner);
    }

    private void innerDone() {
        if (isCancelled()) {
            if (!inner.isCancelled()) {
                inner.failure(); // seen
            }
            return;
        }
        if (inner.isCancelled()) {
            cancel(null);
            return;
        }
        Throwable failure = inner.failure();
        if (failure != null) {
            settleFailed(failure);
        } else {
            complete(inner.value());
        }
    }
}
