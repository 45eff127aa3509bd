package dev.backstitch.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The await tree of a loop that another thread runs: made there, between two callbacks. */
final class ForeignTree {
    private ForeignTree() {}

    static String of(EventLoop loop) {
        var tree = new CompletableFuture<String>();
        loop.callSoonThreadSafe(() -> tree.complete(AwaitTree.of(loop.allTasks())));
        for (;;) {
            try {
                return tree.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (loop.isClosed() && !tree.isDone()) {
                    throw new IllegalStateException("Event loop is closed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the event loop", e);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }
}
