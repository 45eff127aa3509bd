package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.AsyncContextManager;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** test_contextlib_async.py, AsyncContextManagerTestCase: asynchronous generators as resources. */
class AsyncContextManagerTest {
    private final List<Object> state = new ArrayList<>();

    /** A block in {@code manager} that notes what it gets and, unless that is null, throws {@code failure}. */
    @Async
    private Coroutine<String> block(Supplier<AsyncGen<Integer>> manager, Exception failure) throws Exception {
        try (var x = await(AsyncContextManager.enter(manager.get()))) {
            state.add(x.value());
            if (failure != null) {
                throw failure;
            }
        }
        return Coroutine.of("after");
    }

    @Async
    @Generator
    private AsyncGen<Integer> plain() {
        state.add(1);
        await(ask("entering"));
        Gen.yield(42);
        await(ask("exiting"));
        state.add(999);
        return AsyncGen.end();
    }

    /** AsyncContextManagerTestCase.test_contextmanager_plain. */
    @Test
    void should_run_what_stands_before_and_behind_the_yield() throws Exception {
        assertEquals("after", result(block(this::plain, null)));
        assertEquals(List.of(1, 42, 999), state);
    }

    @Async
    @Generator
    private AsyncGen<Integer> withFinally() {
        state.add(1);
        try {
            Gen.yield(42);
        } finally {
            await(ask("exiting"));
            state.add(999);
        }
        return AsyncGen.end();
    }

    /** AsyncContextManagerTestCase.test_contextmanager_finally. */
    @Test
    void should_run_the_finally_and_let_the_exception_out_when_the_block_fails() {
        var failure = new ArithmeticException();
        assertSame(failure, assertThrows(ArithmeticException.class, () -> result(block(this::withFinally, failure))));
        assertEquals(List.of(1, 42, 999), state);
    }

    @Async
    @Generator
    private AsyncGen<Integer> bare() {
        Gen.yield(null);
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Throwable> fails(Supplier<RuntimeException> failure) {
        try (var x = await(AsyncContextManager.enter(bare()))) {
            throw failure.get();
        } catch (RuntimeException e) {
            return Coroutine.of(e);
        }
    }

    /** AsyncContextManagerTestCase.test_contextmanager_traceback: the way through the generator leaves no frame. */
    @Test
    void should_leave_the_trace_of_the_exception_alone() {
        List<Supplier<RuntimeException>> failures =
                List.of(ArithmeticException::new, () -> new StopIteration("spam"), StopAsyncIteration::new);
        for (Supplier<RuntimeException> failure : failures) {
            Throwable caught = (Throwable) result(fails(failure));
            List<String> frames = Arrays.stream(caught.getStackTrace())
                    .filter(frame -> frame.getClassName().equals(AsyncContextManagerTest.class.getName()))
                    .map(StackTraceElement::getMethodName)
                    .filter(method -> !method.startsWith("lambda$") && !method.startsWith("should_"))
                    .toList();
            assertEquals(List.of("fails"), frames);
            assertEquals(0, caught.getSuppressed().length);
        }
    }

    @Async
    private Coroutine<Boolean> exit(AsyncGen<Integer> manager, Throwable failure) {
        var entered = await(AsyncContextManager.enter(manager));
        return Coroutine.of(await(entered.exit(failure)));
    }

    /** AsyncContextManagerTestCase.test_contextmanager_no_reraise. */
    @Test
    void should_not_throw_but_answer_when_it_is_exited_by_hand() {
        assertEquals(false, result(exit(bare(), new ClassCastException("foo"))));
    }

    @Async
    @Generator
    private AsyncGen<Integer> yieldsWhenItFails() {
        try {
            Gen.yield(1);
        } catch (Throwable t) {
            Gen.yield(2);
        } finally {
            state.add("closed");
        }
        return AsyncGen.end();
    }

    /** AsyncContextManagerTestCase.test_contextmanager_trap_yield_after_throw. */
    @Test
    void should_refuse_and_close_a_generator_that_yields_after_the_failure() {
        AsyncGen<Integer> gen = yieldsWhenItFails();
        var e = assertThrows(IllegalStateException.class, () -> result(exit(gen, new ClassCastException("foo"))));
        assertEquals("generator didn't stop after raise()", e.getMessage());
        assertEquals(Gen.State.CLOSED, gen.state());
        assertEquals(List.of("closed"), state);
    }

    /** AsyncContextManagerTestCase.test_contextmanager_trap_no_yield. */
    @Test
    void should_refuse_to_enter_when_there_is_no_yield() {
        var e = assertThrows(IllegalStateException.class, () -> result(block(AsyncGen::of, null)));
        assertEquals("generator didn't yield", e.getMessage());
        assertEquals(List.of(), state);
    }

    /** AsyncContextManagerTestCase.test_contextmanager_trap_second_yield. */
    @Test
    void should_refuse_and_close_a_generator_that_yields_twice() {
        AsyncGen<Integer> gen = AsyncGen.of(1, 2);
        var e = assertThrows(IllegalStateException.class, () -> result(exit(gen, null)));
        assertEquals("generator didn't stop", e.getMessage());
        assertEquals(Gen.State.CLOSED, gen.state());
    }

    @Async
    @Generator
    private AsyncGen<Integer> translates() {
        try {
            Gen.yield(1);
        } catch (IllegalStateException e) {
            throw new UnsupportedOperationException("caught " + e.getMessage(), e);
        }
        return AsyncGen.end();
    }

    /** AsyncContextManagerTestCase.test_contextmanager_non_normalised: another exception takes its place. */
    @Test
    void should_throw_what_the_generator_throws_instead() {
        var e = assertThrows(
                UnsupportedOperationException.class, () -> result(exit(translates(), new IllegalStateException("it"))));
        assertEquals("caught it", e.getMessage());
    }

    @Async
    @Generator
    private AsyncGen<Integer> swallows() {
        state.add(1);
        try {
            Gen.yield(42);
        } catch (ArithmeticException e) {
            state.add(e.getMessage());
            assertEquals(List.of(1, 42, "999"), state);
        }
        return AsyncGen.end();
    }

    /** AsyncContextManagerTestCase.test_contextmanager_except. */
    @Test
    void should_swallow_what_the_generator_catches() throws Exception {
        assertEquals("after", result(block(this::swallows, new ArithmeticException("999"))));
        assertEquals(List.of(1, 42, "999"), state);
    }

    /** What comes out of the block; a StopIteration could not leave a coroutine (PEP 479). */
    @Async
    private Coroutine<Throwable> caught(RuntimeException failure) {
        try (var x = await(AsyncContextManager.enter(bare()))) {
            throw failure;
        } catch (RuntimeException e) {
            return Coroutine.of(e);
        }
    }

    /** AsyncContextManagerTestCase.test_contextmanager_except_stopiter: those that end iterations are like others. */
    @Test
    void should_let_the_end_of_an_iteration_out_when_the_block_throws_one() {
        for (RuntimeException failure : List.of(new StopIteration("spam"), new StopAsyncIteration("ham"))) {
            assertSame(failure, result(caught(failure)));
        }
    }

    @Async
    @Generator
    private AsyncGen<Integer> wraps() {
        try {
            Gen.yield(1);
        } catch (RuntimeException e) {
            throw new IllegalStateException("caught " + e.getMessage(), e);
        }
        return AsyncGen.end();
    }

    /**
     * AsyncContextManagerTestCase.test_contextmanager_wrap_runtimeerror: a wrapped exception is thrown, but one that ends
     * iterations is taken out, because nobody can tell whether it was the generator's body that wrapped it.
     */
    @Test
    void should_throw_the_wrapper_unless_it_wraps_the_end_of_an_iteration() {
        var e = assertThrows(IllegalStateException.class, () -> result(block(this::wraps, new ArithmeticException("it"))));
        assertEquals("caught it", e.getMessage());
        assertThrows(StopAsyncIteration.class, () -> result(block(this::wraps, new StopAsyncIteration())));
    }

    private int depth;
    private int entries;

    @Async
    @Generator
    private AsyncGen<Integer> counts() {
        entries++;
        int before = depth;
        depth++;
        Gen.yield(null);
        depth--;
        assertEquals(before, depth);
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> recursive() {
        try (var x = await(AsyncContextManager.enter(counts()))) {
            if (depth < 10) {
                await(recursive());
            }
        }
        return Coroutine.done();
    }

    /** AsyncContextManagerTestCase.test_recursive, with blocks in the place of the decorator. */
    @Test
    void should_be_entered_anew_when_it_is_used_recursively() {
        assertNull(result(recursive()));
        assertEquals(10, entries);
        assertEquals(0, depth);
    }

    @Async
    @Generator
    private AsyncGen<Integer> inAManager() {
        try (var x = await(AsyncContextManager.enter(withFinally()))) {
            Gen.yield(11);
        }
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> leavesIt() {
        AsyncGen<Integer> gen = inAManager();
        assertEquals(11, await(gen.next()));
        assertFalse(state.contains(999));
        await(gen.close());
        return Coroutine.done();
    }

    /** TestAbstractAsyncContextManager.test_async_gen_propagates_generator_exit. */
    @Test
    void should_let_the_generator_exit_through_when_a_generator_that_uses_it_is_closed() {
        assertNull(result(leavesIt()));
        assertEquals(List.of(1, 999), state);
    }
}
