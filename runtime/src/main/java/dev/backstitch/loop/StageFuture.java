package dev.backstitch.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stage of another world as a loop's future, for what needs one: asyncio's {@code wrap_future}. */
final class StageFuture<T> extends LoopFuture<T> implements Runnable {
    private final CompletableFuture<? extends T> stage;

    private StageFuture(CompletableFuture<? extends T> stage, EventLoop loop) {
        super(loop);
        this.stage = stage;
    }

    /** {@code stage} on {@code loop}. Cancelling the one cancels the other. */
    static <T> StageFuture<T> of(CompletionStage<? extends T> stage, EventLoop loop) {
        var future = new StageFuture<T>(stage.toCompletableFuture(), loop);
        if (future.stage.isDone()) {
            future.take();
        } else {
            future.addWaiter(future);
            loop.foreign++;
            future.stage.whenComplete((value, failure) -> {
                if (!loop.isClosed()) {
                    loop.callSoonThreadSafe(future::take);
                }
            });
        }
        return future;
    }

    /** This future is done: when it was cancelled, so is the stage. */
    @Override
    public void run() {
        loop.foreign--;
        if (isCancelled()) {
            stage.cancel(true);
        }
    }

    private void take() {
        if (isDone()) {
            return;
        }
        if (stage.isCancelled()) {
            settle(new Outcome.Cancelled((CancelRequest) null));
            return;
        }
        Throwable failure = Futures.failureOf(stage);
        if (failure != null) {
            loop.unretrieved.seen(failure); // whose it is, too: this one has it from now on
            fail(failure);
        } else {
            complete(stage.join());
        }
    }
}
