package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program written for EA Async, compiled against its jar, and rewritten by Backstitch without a change. */
class EaAsyncTest {
    private static final Path EA_ASYNC = Jvm.jarOf("com.ea.async.Async");

    private static final String STORE = """
            package app;
            import static com.ea.async.Async.await;
            import com.ea.async.Async;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;

            public class Store {
                static { Async.init(); }
                final List<String> log = new ArrayList<>();

                CompletableFuture<Boolean> buy(CompletableFuture<Integer> balance, CompletableFuture<?> payment) {
                    int has = await(balance);
                    log.add("has " + has);
                    if (has < 10) { return CompletableFuture.completedFuture(false); }
                    try {
                        await(payment);
                        return CompletableFuture.completedFuture(true);
                    } catch (CompletionException e) {
                        log.add("caught " + e.getCause().getMessage());
                        throw e;
                    } finally {
                        log.add("finally");
                    }
                }
                CompletionStage<Integer> sum(List<CompletableFuture<Integer>> all) {
                    int sum = 0;
                    for (CompletableFuture<Integer> each : all) { sum += await(each); }
                    return CompletableFuture.completedFuture(sum);
                }
                static CompletableFuture<String> through(CompletableFuture<String> text) {
                    Function<String, CompletableFuture<String>> twice = s -> CompletableFuture.completedFuture(s + await(text));
                    return twice.apply(await(text));
                }
                static String blocking(CompletableFuture<String> text) { return "blocked for " + await(text); }

                public static void main(String[] args) {
                    Store store = new Store();
                    CompletableFuture<Integer> balance = new CompletableFuture<>();
                    CompletableFuture<Object> payment = new CompletableFuture<>();
                    CompletableFuture<Boolean> bought = store.buy(balance, payment);
                    System.out.println(bought.isDone());
                    balance.complete(12);
                    payment.completeExceptionally(new IllegalStateException("card"));
                    System.out.println(store.log + " " + bought.isCompletedExceptionally());
                    try { bought.join(); } catch (CompletionException e) { System.out.println(e.getCause()); }
                    CompletableFuture<Object> cancelled = new CompletableFuture<>();
                    CompletableFuture<Boolean> another = store.buy(CompletableFuture.completedFuture(10), cancelled);
                    cancelled.cancel(true);
                    try { another.join(); } catch (CancellationException | CompletionException e) {
                        System.out.println(e.getClass().getSimpleName());
                    }
                    System.out.println(store.buy(CompletableFuture.completedFuture(1), null).join());
                    CompletableFuture<Integer> late = new CompletableFuture<>();
                    CompletionStage<Integer> sum = store.sum(List.of(CompletableFuture.completedFuture(1), late));
                    late.complete(2);
                    System.out.println(sum.toCompletableFuture().join());
                    CompletableFuture<String> text = new CompletableFuture<>();
                    CompletableFuture<String> through = through(text);
                    text.complete("x");
                    System.out.println(through.join() + " " + blocking(text));
                }
            }
            """;
    private static final String OUTPUT = """
            false
            [has 12, caught card, finally] true
            java.lang.IllegalStateException: card
            CancellationException
            false
            3
            xx blocked for x
            """;

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(
                directory.resolve("classes"), List.of("-cp", EA_ASYNC.toString()), STORE);
    }

    private Jvm jvm() {
        return new Jvm(directory).classPath(classes, EA_ASYNC);
    }

    @Test
    void should_run_as_it_did_with_ea_async_when_the_agent_is_told() throws Exception {
        assertEquals(OUTPUT, jvm().weaving("compat=ea-async").run("app.Store").quietOutput().replace("\r\n", "\n"));
    }

    @Test
    void should_run_as_it_did_with_ea_async_when_it_was_rewritten_at_build_time() throws Exception {
        String said = new Jvm(directory)
                .run("-jar", Jvm.AGENT.toString(), "weave", "--compat=ea-async", classes.toString())
                .quietOutput();
        assertEquals(classes + ": 1 classes rewritten, 4 frames, 0 refused", said.strip());
        assertEquals(OUTPUT, jvm().run("app.Store").quietOutput().replace("\r\n", "\n"));
    }

    @Test
    void should_leave_it_alone_when_nobody_asked() throws Exception {
        String said = new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString()).quietOutput();
        assertEquals(classes + ": 0 classes rewritten, 0 frames, 0 refused", said.strip());
    }

    @Test
    void should_say_what_is_not_supported_when_a_monitor_is_held() throws Exception {
        Path locked = Application.compile(
                directory.resolve("locked"),
                List.of("-cp", EA_ASYNC.toString()),
                """
                package app;
                import java.util.concurrent.*;
                class Locked {
                    synchronized CompletableFuture<Object> f(CompletableFuture<Object> x) {
                        return CompletableFuture.completedFuture(com.ea.async.Async.await(x));
                    }
                }
                """);
        Jvm.Result result = new Jvm(directory)
                .run("-jar", Jvm.AGENT.toString(), "weave", "--compat=ea-async", locked.toString());
        assertEquals(1, result.status());
        assertTrue(result.err().startsWith("BST-202 suspension in a synchronized method"), result.err());
    }
}
