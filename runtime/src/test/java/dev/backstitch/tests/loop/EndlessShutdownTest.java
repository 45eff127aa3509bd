package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Runner;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The end of a loop whose tasks answer their cancellation with new tasks, for ever: it comes. */
class EndlessShutdownTest {
    /** asyncio gives one round. */
    private static final int ROUNDS = 100;

    private final List<LoopError> errors = new CopyOnWriteArrayList<>();
    private volatile int cancelled;
    private volatile CompletableFuture<Object> last;

    private Coroutine<Object> stubborn(EventLoop loop) {
        return Body.steps(x -> Tasks.sleep(Duration.ofDays(1)), x -> null).catching(t -> {
            cancelled++;
            last = loop.submit(stubborn(loop));
            throw t;
        });
    }

    private void checkEnd(EventLoop loop) {
        assertTrue(loop.isClosed());
        assertEquals(ROUNDS, cancelled);
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.get(0).message().startsWith("Task was destroyed but it is pending! <Task pending"),
                errors.get(0).message());
        var e = assertThrows(ExecutionException.class, last::get);
        assertInstanceOf(IllegalStateException.class, e.getCause());
        assertTrue(e.getCause().getMessage().startsWith("Event loop is closed, and will not finish <Task pending"),
                e.getCause().getMessage());
    }

    @Test
    void should_report_and_fail_what_is_left_when_a_run_ends() {
        EventLoop loop;
        try (var runner = new Runner()) {
            loop = runner.loop();
            loop.setExceptionHandler(errors::add);
            runner.run(Body.<Object>steps(
                    x -> {
                        loop.submit(stubborn(loop));
                        return Tasks.sleep(Duration.ZERO);
                    },
                    x -> Tasks.sleep(Duration.ZERO),
                    x -> null));
        }
        checkEnd(loop);
    }

    @Test
    void should_report_and_fail_what_is_left_when_a_loop_on_a_scheduler_is_shut_down() throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        try {
            var loop = new EventLoop(Scheduler.confined(executor));
            loop.setExceptionHandler(errors::add);
            loop.submit(stubborn(loop));
            loop.submit(Body.steps(x -> Tasks.sleep(Duration.ZERO), x -> null)).get();
            loop.shutdown().get();
            checkEnd(loop);
        } finally {
            executor.shutdown();
        }
    }
}
