package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Watchdog;
import dev.backstitch.loop.Watchdog.Blocked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L19 and section 4: what blocks the loop is named while it does. The test says what time it is. */
class WatchdogTest {
    private static final long MS = 1_000_000;

    private final EventLoop loop = new EventLoop();
    private final List<Blocked> reports = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(loop, Duration.ofMillis(100), reports::add);
    private final CountDownLatch blocking = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private Thread runner;

    private void run(Coroutine<Void> main, String name) {
        runner = new Thread(() -> loop.runUntilComplete(loop.spawn(main, name)));
        runner.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        release.countDown();
        runner.join();
        loop.close();
    }

    private void block() {
        blocking.countDown();
        boolean interrupted = false;
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        assertEquals(false, interrupted);
    }

    @Async
    private Coroutine<Void> blocks() {
        await(Tasks.sleep(Duration.ZERO));
        block();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaitsTheBlocking() {
        await(blocks());
        return Coroutine.done();
    }

    @Test
    void should_name_the_task_and_the_frame_that_block_the_loop() throws Exception {
        run(awaitsTheBlocking(), "culprit");
        blocking.await();
        watchdog.look(0);
        watchdog.look(99 * MS);
        assertEquals(List.of(), reports);
        watchdog.look(150 * MS);
        watchdog.look(5_000 * MS);
        assertEquals(1, reports.size(), "once for each time that the loop stands still");
        Blocked blocked = reports.get(0);
        assertEquals(Duration.ofMillis(150), blocked.atLeast());
        assertEquals("culprit", blocked.task().name());
        List<String> methods = blocked.stack().stream()
                .filter(frame -> frame.getClassName().equals(WatchdogTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .toList();
        assertEquals(List.of("block", "blocks"), methods);
        String text = blocked.toString();
        assertTrue(text.startsWith("task 'culprit' has blocked the event loop for 150 ms:"), text);
        assertTrue(text.contains("WatchdogTest.block(WatchdogTest.java:"), text);
    }

    @Test
    void should_say_nothing_when_the_loop_is_idle_or_does_not_run() throws Exception {
        watchdog.look(0);
        watchdog.look(1_000 * MS);
        var woken = new CompletableFuture<Void>();
        run(waitsFor(woken), "waiter");
        blocking.await();
        for (long now = 2_000; runner.getState() != Thread.State.WAITING; now++) {
            watchdog.look(now * MS / 1_000); // the last turns before it waits; hardly any time goes by
        }
        watchdog.look(100_000 * MS);
        watchdog.look(200_000 * MS);
        assertEquals(List.of(), reports);
        woken.complete(null);
    }

    @Async
    private Coroutine<Void> waitsFor(CompletableFuture<Void> woken) {
        blocking.countDown();
        await(woken);
        return Coroutine.done();
    }

    @Test
    void should_say_nothing_when_the_loop_is_busy_with_many_short_steps() throws Exception {
        var step = new CyclicBarrier(2);
        run(stepsOn(step), "busy");
        for (int i = 0; i < 50; i++) {
            step.await();
            watchdog.look(i * 90 * MS);
            step.await();
        }
        assertEquals(List.of(), reports);
    }

    @Async
    private static Coroutine<Void> stepsOn(CyclicBarrier step) {
        for (int i = 0; i < 50; i++) {
            meet(step);
            meet(step);
            await(Tasks.sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    private static void meet(CyclicBarrier step) {
        try {
            step.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_name_a_callback_that_blocks_the_loop() throws Exception {
        loop.callSoon(this::block);
        run(Coroutine.done(), "main");
        blocking.await();
        watchdog.look(0);
        watchdog.look(100 * MS);
        assertEquals(1, reports.size());
        assertNull(reports.get(0).task());
        assertTrue(reports.get(0).toString().startsWith("a callback has blocked the event loop for 100 ms:"));
    }

    /** With the thread in the background, on the real clock: it reports within the life of the block, however long that takes. */
    @Test
    void should_be_logged_by_a_watchdog_in_the_background() throws Exception {
        try (var logged = new LogCapture("dev.backstitch.loop");
                var background = Watchdog.start(loop, Duration.ofMillis(1))) {
            run(awaitsTheBlocking(), "culprit");
            blocking.await();
            while (logged.records.isEmpty()) {
                Thread.onSpinWait();
            }
            assertTrue(logged.messages().get(0).startsWith("task 'culprit' has blocked the event loop for "));
            assertTrue(background.toString().length() > 0);
        }
    }
}
