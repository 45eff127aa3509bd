package dev.backstitch.tests.traces;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.tests.traces.Rig.Oops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SEMANTICS.md section 5, rule 4: who awaits a failure last does not take its trace from who awaited it first; here we do
 * better than CPython 3.13.0. And rule 8: the stack of a suspended chain is the list that an exception thrown there shows.
 */
class SharedFailureTest {
    private final List<List<String>> seen = new ArrayList<>();

    /** The methods of this class in a trace. */
    private static List<String> methods(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(e -> e.getClassName().equals(SharedFailureTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    private void note(Throwable t) {
        seen.add(methods(t.getStackTrace()));
        for (Throwable beside : t.getSuppressed()) {
            seen.add(methods(beside.getStackTrace()));
        }
    }

    @Async
    static Coroutine<Void> inner() {
        await(sleep(ZERO));
        throw new Oops();
    }

    @Async
    static Coroutine<Void> child() {
        await(inner());
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> first(Task<Void> task) {
        try {
            await(task);
        } catch (Oops e) {
            note(e);
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> second(Task<Void> task) {
        try {
            await(task);
        } catch (Oops e) {
            note(e);
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> oneAfterTheOther() {
        Task<Void> task = spawn(child());
        await(first(task));
        await(second(task));
        return Coroutine.done();
    }

    @Test
    void should_keep_origin_and_first_awaiter_when_a_task_is_awaited_again() {
        EventLoop.run(oneAfterTheOther());
        List<String> whole = List.of("inner", "child", "first", "oneAfterTheOther");
        assertEquals(List.of(whole, whole, List.of("second", "oneAfterTheOther")), seen);
    }

    @Async
    Coroutine<Void> bothAtOnce() {
        Task<Void> task = spawn(child());
        await(gather(first(task), second(task)));
        return Coroutine.done();
    }

    @Test
    void should_keep_origin_and_first_awaiter_when_two_tasks_await_it() {
        EventLoop.run(bothAtOnce());
        List<String> whole = List.of("inner", "child", "first");
        assertEquals(List.of(whole, whole, List.of("second")), seen);
    }

    @Async
    static Coroutine<Object> suspends() {
        Object answer = Coroutine.suspend("where?");
        return Coroutine.of(answer);
    }

    @Async
    static Coroutine<Object> waits() {
        Object answer = await(suspends());
        return Coroutine.of(answer);
    }

    @Test
    void should_show_the_same_frames_in_a_dump_as_in_an_exception_thrown_there() {
        Coroutine<Object> coroutine = waits();
        coroutine.send(null);
        StackTraceElement[] dump = Driver.stack(coroutine);
        assertEquals(List.of("suspends", "waits"), methods(dump));
        var oops = new Oops();
        try {
            coroutine.raise(oops);
        } catch (Oops e) {
            assertSame(oops, e);
        }
        assertArrayEquals(dump, Arrays.copyOf(oops.getStackTrace(), dump.length));
    }
}
