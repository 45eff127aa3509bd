package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.Signal;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a waiting task costs: its task, its frame and its timer. */
class MemoryTest {
    private static final int TASKS = 50_000;
    private static final Duration LONG = Duration.ofDays(1);

    /** The smallest body that sleeps: a frame without locals. */
    private static final class Sleeper extends Coroutine<Void> {
        private int state;

        @Override
        protected Object run() {
            if (state == 0) {
                state = 1;
                Object out = await((Object) Tasks.sleep(LONG));
                if (out == Signal.SUSPENDED) {
                    return out;
                }
            }
            return resumed();
        }
    }

    /** What this thread has allocated so far. By reflection, because the module under test does not read the bean's. */
    private static long allocated() throws Exception {
        Object bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getThreadAllocatedBytes", long.class)
                .invoke(bean, Thread.currentThread().getId());
    }

    /** Bytes that this thread allocates for each of many tasks until all of them sleep. */
    private static long bytesPerSleepingTask(Loops loops) throws Exception {
        long before = allocated();
        for (int i = 0; i < TASKS; i++) {
            loops.loop.spawn(new Sleeper());
        }
        loops.run(Body.steps(x -> Body.Yield.NOTHING, x -> null));
        long after = allocated();
        assertEquals(TASKS, loops.loop.allTasks().size());
        return (after - before) / TASKS;
    }

    @Test
    void should_need_no_more_than_a_hundred_bytes_for_a_sleeping_task() throws Exception {
        try (var loops = new Loops()) {
            bytesPerSleepingTask(loops); // the queues of the loop have room for that many from now on
            loops.run(Body.steps(x -> Body.Yield.NOTHING, x -> {
                Task<?> main = Tasks.currentTask();
                loops.loop.allTasks().stream().filter(t -> t != main).forEach(Task::cancel);
                return Body.Yield.NOTHING;
            }, x -> Body.Yield.NOTHING, x -> null));
            assertEquals(0, loops.loop.allTasks().size());
            long inTimerQueue = 2 * Integer.BYTES; // a reference and a number
            long bytes = bytesPerSleepingTask(loops) + inTimerQueue;
            assertTrue(bytes <= 100, bytes + " bytes");
        }
    }
}
