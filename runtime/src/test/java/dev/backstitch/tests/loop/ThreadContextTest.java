package dev.backstitch.tests.loop;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.ThreadContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class ThreadContextTest {
    static final ThreadLocal<String> USER = new ThreadLocal<>();

    private ThreadContext.Registration user;
    private ThreadContext.Registration mdc;

    @BeforeEach
    void register() {
        MDC.clear();
        user = ThreadContext.register(ThreadContext.of(USER));
        mdc = ThreadContext.register(ThreadContext.of(MDC::getCopyOfContextMap, map -> {
            MDC.clear();
            if (map != null) {
                MDC.setContextMap(map);
            }
        }));
    }

    @AfterEach
    void unregister() {
        user.close();
        mdc.close();
        USER.remove();
        MDC.clear();
    }

    @Async
    private static Coroutine<List<String>> visit(String name) {
        List<String> seen = new ArrayList<>();
        seen.add(USER.get() + "/" + MDC.get("request"));
        USER.set(name);
        MDC.put("request", name + 1);
        await(sleep(Duration.ZERO));
        seen.add(USER.get() + "/" + MDC.get("request"));
        MDC.put("request", name + 2);
        await(CompletableFuture.runAsync(() -> {}));
        seen.add(USER.get() + "/" + MDC.get("request"));
        await(inner(name));
        seen.add(USER.get() + "/" + MDC.get("request"));
        seen.add(await(toThread(() -> USER.get() + "/" + MDC.get("request"))));
        return Coroutine.of(seen);
    }

    /** Awaited, not spawned: what it changes is its awaiter's. */
    @Async
    private static Coroutine<Void> inner(String name) {
        await(sleep(Duration.ZERO));
        MDC.put("request", name + 3);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> crowd() {
        USER.set("main");
        MDC.put("request", "0");
        List<List<String>> all = await(gather(visit("a"), visit("b")));
        return Coroutine.of(all + " " + USER.get() + "/" + MDC.get("request"));
    }

    private static final String EXPECTED = "[[main/0, a/a1, a/a2, a/a3, a/a3], [main/0, b/b1, b/b2, b/b3, b/b3]] main/0";

    @Test
    void should_keep_each_tasks_own_values_when_tasks_take_turns() {
        assertEquals(EXPECTED, EventLoop.run(crowd()));
        assertNull(USER.get(), "what the tasks set is theirs");
        assertNull(MDC.get("request"));
    }

    @Test
    void should_keep_each_tasks_own_values_when_the_threads_change() throws Exception {
        assertEquals(EXPECTED, EventLoop.run(crowd(), Scheduler.forkJoin()));
        assertEquals(EXPECTED, EventLoop.run(crowd(), Scheduler.swing()));
    }

    @Test
    void should_take_the_callers_values_when_another_thread_submits() throws Exception {
        var loop = new EventLoop(Scheduler.forkJoin());
        USER.set("caller");
        CompletableFuture<List<String>> seen = loop.submit(visit("c"));
        USER.set("changed");
        assertEquals("caller/null", seen.get().get(0));
        assertEquals("changed", USER.get());
        loop.shutdown().get();
    }

    @Async
    private static CompletableFuture<String> hot(CompletableFuture<String> first, CompletableFuture<String> second) {
        USER.set("hot");
        String a = await(first);
        String before = USER.get();
        USER.set("hotter");
        String b = await(second);
        return CompletableFuture.completedFuture(a + b + before + USER.get());
    }

    @Test
    void should_keep_its_values_when_a_hot_coroutine_goes_on_off_every_loop() throws Exception {
        var first = new CompletableFuture<String>();
        var second = new CompletableFuture<String>();
        CompletableFuture<String> result = hot(first, second);
        USER.set("caller");
        var thread = new Thread(() -> {
            USER.set("completer");
            first.complete("1");
            assertEquals("completer", USER.get());
        });
        thread.start();
        thread.join();
        second.complete("2");
        assertEquals("12hothotter", result.get());
        assertEquals("caller", USER.get());
    }

    @Async
    private static Coroutine<String> cleaning(List<String> seen) {
        USER.set("own");
        try {
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError e) {
            seen.add(USER.get());
            throw e;
        }
        return Coroutine.of("");
    }

    @Async
    private static Coroutine<List<String>> cancelling() {
        List<String> seen = new ArrayList<>();
        Task<String> task = spawn(cleaning(seen));
        await(sleep(Duration.ZERO));
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            seen.add(USER.get());
        }
        return Coroutine.of(seen);
    }

    @Test
    void should_have_its_values_when_it_is_cancelled() {
        List<String> seen = EventLoop.run(cancelling());
        assertEquals("own", seen.get(0));
        assertNull(seen.get(1));
    }

    @Async
    private static Coroutine<String> late() {
        USER.set("before");
        try (var again = ThreadContext.register(ThreadContext.of(USER))) {
            Task<List<String>> task = spawn(visit("late"));
            return Coroutine.of(await(task).get(0) + " " + USER.get());
        }
    }

    @Test
    void should_carry_from_then_on_when_it_is_registered_while_tasks_run() {
        user.close();
        mdc.close();
        assertEquals("before/null before", EventLoop.run(late()));
        assertEquals("before", USER.get(), "nothing is carried, nothing is put back, while none is registered");
    }

    /** Found by its name in META-INF/services. */
    public static final class Found implements ThreadContext {
        @Override
        public Object capture() {
            return USER.get();
        }

        @Override
        public void restore(Object captured) {
            USER.set((String) captured);
        }
    }

    @Test
    void should_be_found_when_it_is_a_service(@TempDir Path services) throws Exception {
        Path file = services.resolve("META-INF/services/dev.backstitch.loop.ThreadContext");
        Files.createDirectories(file.getParent());
        Files.writeString(file, Found.class.getName());
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        services + java.io.File.pathSeparator
                                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        String out = new String(jvm.getInputStream().readAllBytes());
        assertEquals(0, jvm.waitFor(), out);
        assertTrue(out.contains("users a b"), out);
    }

    /** Two tasks, each with a user of its own, in a JVM where nobody registers anything. */
    public static final class Main {
        public static void main(String[] args) {
            System.out.println(EventLoop.run(two()));
        }

        @Async
        private static Coroutine<String> two() {
            List<List<String>> all = await(gather(visit("a"), visit("b")));
            return Coroutine.of("users " + all.get(0).get(1).charAt(0) + " " + all.get(1).get(1).charAt(0));
        }
    }
}
