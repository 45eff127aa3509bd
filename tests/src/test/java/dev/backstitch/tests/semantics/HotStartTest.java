package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.backstitch.AsyncGen;
import dev.backstitch.Awaitable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A hot coroutine before its first suspension: it has no frame yet, and must behave as if it had. */
class HotStartTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private CompletableFuture<String> guarded(Awaitable<String> awaited) {
        try {
            return CompletableFuture.completedFuture(await(awaited));
        } catch (IllegalStateException | NullPointerException e) {
            return CompletableFuture.completedFuture("caught");
        } finally {
            log.add("finally");
        }
    }

    @Async
    private static CompletableFuture<Integer> sum(boolean nothing) {
        int sum = 0;
        for (int i : awaitEach(AsyncGen.of(1, 2, 3))) {
            sum += i;
        }
        return nothing ? null : CompletableFuture.completedFuture(sum);
    }

    @Async
    private static CompletableFuture<CompletableFuture<String>> nested() {
        int n = 0;
        for (int i : awaitEach(AsyncGen.of(1))) {
            n += i;
        }
        return CompletableFuture.completedFuture(CompletableFuture.completedFuture("inner" + n));
    }

    @Test
    void should_run_handlers_when_null_is_awaited() {
        assertEquals("caught", guarded(null).join());
        assertEquals(List.of("finally"), log);
    }

    @Test
    void should_run_handlers_when_an_awaitable_cannot_be_asked() {
        assertEquals("caught", guarded(() -> { throw new IllegalStateException("no requests"); }).join());
        assertEquals(List.of("finally"), log);
    }

    @Test
    void should_ask_an_awaitable_once_when_it_has_nothing_to_wait_for() {
        assertNull(guarded(() -> {
            log.add("asked");
            return List.of().iterator();
        }).join());
        assertEquals(List.of("asked", "finally"), log);
    }

    @Test
    void should_return_the_future_as_it_is_when_a_loop_did_not_suspend() {
        assertEquals(6, sum(false).join());
        assertNull(sum(true).join());
        assertEquals("inner1", nested().join().join());
    }

    @Test
    void should_let_go_of_its_awaiter_when_a_coroutine_ends_without_suspending() throws ReflectiveOperationException {
        Coroutine<Integer> inner = Coroutine.of(1);
        CompletableFuture<Integer> outer = twice(inner);
        assertEquals(2, outer.join());
        var parent = dev.backstitch.Frame.class.getDeclaredField("parentOrLeaf");
        parent.setAccessible(true);
        assertNull(parent.get(inner));
    }

    @Async
    private static CompletableFuture<Integer> twice(Coroutine<Integer> inner) {
        return CompletableFuture.completedFuture(2 * await(inner));
    }
}
