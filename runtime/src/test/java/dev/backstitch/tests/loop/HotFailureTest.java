package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The failure of a hot coroutine that returns the JDK's future, when somebody looks at it, and when nobody does. */
class HotFailureTest {
    private final IOException failure = new IOException("lost");

    private CompletableFuture<Object> failing() {
        return HotBody.future(x -> Body.Yield.NOTHING, x -> {
            throw failure;
        });
    }

    /** What is reported when a future is looked at before it fails, and after it has. */
    private List<LoopError> reports(Consumer<CompletableFuture<Object>> before, Consumer<CompletableFuture<Object>> after) {
        var loops = new Loops();
        loops.run(Body.steps(
                x -> {
                    CompletableFuture<Object> future = failing();
                    before.accept(future);
                    loops.loop.callLater(Duration.ofMillis(1), () -> after.accept(future));
                    return Tasks.sleep(Duration.ofMillis(2));
                },
                x -> null));
        loops.close();
        return loops.errors;
    }

    private static final Consumer<CompletableFuture<Object>> NOTHING = future -> {};

    @Test
    void should_report_it_when_nobody_looks() {
        List<LoopError> errors = reports(NOTHING, NOTHING);
        assertEquals(1, errors.size());
        assertSame(failure, errors.get(0).exception());
        assertTrue(errors.get(0).message().startsWith("Task exception was never retrieved: <Task finished name='Task-"),
                errors.get(0).message());
    }

    @Test
    void should_report_it_when_only_whether_it_is_done_is_asked() {
        assertEquals(1, reports(CompletableFuture::isDone, CompletableFuture::isDone).size());
    }

    @Test
    void should_report_nothing_when_somebody_has_looked() throws Exception {
        Map<String, Consumer<CompletableFuture<Object>>> looks = new LinkedHashMap<>();
        looks.put("get", future -> assertThrows(Exception.class, future::get));
        looks.put("get(timeout)", future -> assertThrows(Exception.class, () -> future.get(1, TimeUnit.DAYS)));
        looks.put("join", future -> assertThrows(Exception.class, future::join));
        looks.put("getNow", future -> assertThrows(CompletionException.class, () -> future.getNow(null)));
        looks.put("isCompletedExceptionally", CompletableFuture::isCompletedExceptionally);
        looks.put("exceptionNow", HotFailureTest::exceptionNow);
        looks.put("minimal", CompletableFuture::minimalCompletionStage);
        looks.put("toCompletableFuture", CompletableFuture::toCompletableFuture);
        looks.putAll(stages());
        for (var look : looks.entrySet()) {
            assertEquals(List.of(), reports(NOTHING, look.getValue()), look.getKey());
        }
        Map<String, Consumer<CompletableFuture<Object>>> early = stages();
        early.put("minimal", CompletableFuture::minimalCompletionStage);
        early.put("allOf", CompletableFuture::allOf);
        early.put("anyOf", future -> CompletableFuture.anyOf(future, new CompletableFuture<>()));
        for (var look : early.entrySet()) {
            assertEquals(List.of(), reports(look.getValue(), NOTHING), look.getKey() + ", early");
        }
    }

    private static Map<String, Consumer<CompletableFuture<Object>>> stages() {
        Map<String, Consumer<CompletableFuture<Object>>> stages = new LinkedHashMap<>();
        var other = CompletableFuture.<Object>completedFuture("other");
        stages.put("thenApply", future -> future.thenApply(x -> x));
        stages.put("thenRunAsync", future -> future.thenRunAsync(() -> {}));
        stages.put("thenCompose", future -> future.thenCompose(x -> other));
        stages.put("thenCombine", future -> future.thenCombine(other, (x, y) -> x));
        stages.put("thenCombine, the other", future -> other.thenCombine(future, (x, y) -> x));
        stages.put("applyToEither, the other", future -> new CompletableFuture<>().applyToEither(future, x -> x));
        stages.put("whenComplete", future -> future.whenComplete((x, t) -> {}));
        stages.put("handle", future -> future.handle((x, t) -> x));
        stages.put("exceptionally", future -> future.exceptionally(t -> null));
        stages.put("copy", CompletableFuture::copy);
        return stages;
    }

    /** Java 19's. */
    private static void exceptionNow(CompletableFuture<Object> future) {
        try {
            assertEquals("lost", ((Throwable) CompletableFuture.class.getMethod("exceptionNow").invoke(future)).getMessage());
        } catch (NoSuchMethodException e) {
            assertThrows(CompletionException.class, future::join);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_report_nothing_when_it_is_awaited() {
        var loops = new Loops();
        assertSame(failure, loops.run(Body.steps(x -> failing(), x -> x).catching(t -> t)));
        loops.close();
        assertEquals(List.of(), loops.errors);
    }

    /** {@code allOf} reads what has failed before without a call: that its result was awaited is enough. */
    @Test
    void should_report_nothing_when_a_stage_made_of_it_unseen_is_awaited() {
        var loops = new Loops();
        assertSame(failure, loops.run(Body.steps(
                        x -> {
                            var future = failing();
                            var all = new CompletableFuture<Object>();
                            loops.loop.callLater(Duration.ofMillis(1), () -> CompletableFuture.allOf(future)
                                    .whenComplete((none, t) -> all.completeExceptionally(t)));
                            return all;
                        },
                        x -> x)
                .catching(t -> t)));
        loops.close();
        assertEquals(List.of(), loops.errors);
    }

    @Test
    void should_report_it_when_the_future_is_collected() throws InterruptedException {
        var loops = new Loops();
        WeakReference<?>[] dropped = new WeakReference<?>[1];
        loops.run(Body.steps(
                x -> {
                    dropped[0] = new WeakReference<>(failing());
                    return Tasks.sleep(Duration.ofMillis(1));
                },
                x -> null));
        for (int i = 0; i < 1000 && (dropped[0].get() != null || loops.errors.isEmpty()); i++) {
            System.gc();
            loops.run(Body.steps(x -> Tasks.sleep(Duration.ZERO), x -> null));
            Thread.onSpinWait();
        }
        assertEquals(1, loops.errors.size());
        loops.close();
        assertEquals(1, loops.errors.size());
    }

    @Test
    void should_report_it_once_when_a_view_of_a_task_is_dropped() {
        var loops = new Loops();
        loops.run(Body.steps(
                x -> {
                    Task<Object> task = Tasks.spawn(Body.returning(() -> {
                        throw failure;
                    }));
                    task.toCompletableFuture();
                    return Tasks.sleep(Duration.ofMillis(1));
                },
                x -> null));
        loops.close();
        assertEquals(1, loops.errors.size());
    }

    /** Whoever has submitted it may look at the future when the loop is long closed. */
    @Test
    void should_report_nothing_when_it_was_submitted() {
        var loops = new Loops();
        CompletableFuture<Object> future = loops.loop.submit(Body.returning(() -> {
            throw failure;
        }));
        loops.run(Body.steps(x -> Tasks.sleep(Duration.ofMillis(1)), x -> null));
        loops.close();
        assertEquals(List.of(), loops.errors);
        assertTrue(future.isCompletedExceptionally());
    }
}
