package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.util.ArrayList;
import java.util.List;

/** The tasks that a test leaves behind. */
final class Leftovers {
    /** How often tasks may answer their cancellation with new tasks. */
    private static final int ROUNDS = 100;

    private Leftovers() {}

    /** Cancels all tasks of {@code loop} but the one that runs this, and waits for them. */
    @Async
    static Coroutine<Void> cancel(EventLoop loop) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Task<?>> left = new ArrayList<>(loop.allTasks());
            left.remove(Tasks.currentTask());
            if (left.isEmpty()) {
                break;
            }
            for (Task<?> task : left) {
                task.cancel("the test is over");
            }
            List<Object> ends = await(Tasks.gatherSettled(left));
            for (int i = 0; i < ends.size(); i++) {
                if (ends.get(i) instanceof Throwable failure && !left.get(i).isCancelled()) {
                    throw new AssertionError(left.get(i) + " failed when it was cancelled at the end of the test", failure);
                }
            }
        }
        return Coroutine.done();
    }
}
