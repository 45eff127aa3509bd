package dev.backstitch.tests.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.Each;
import dev.backstitch.Gen;
import dev.backstitch.Signal;
import dev.backstitch.StopIteration;
import dev.backstitch.tests.frames.Hand.A$$Frame;
import dev.backstitch.tests.frames.Hand.C$$Frame;
import dev.backstitch.tests.frames.Hand.Failing;
import dev.backstitch.tests.frames.Hand.G$$Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The traces that the runtime makes, tested without the rewriter: which methods they show, and nothing between them. */
class HandWrittenTracesTest {
    private static final class Oops extends RuntimeException {}

    private static final List<List<String>> NOTES = new ArrayList<>();

    /** The methods that the trace shows down to the test's own, whose name starts with should. */
    private static List<String> methods(Throwable t) {
        List<String> methods = new ArrayList<>();
        for (StackTraceElement e : t.getStackTrace()) {
            if (e.getMethodName().startsWith("should")) {
                methods.add("should");
                return methods;
            }
            if (!e.getMethodName().startsWith("lambda$") && !e.getClassName().startsWith("org.junit.")) {
                methods.add(e.getMethodName());
            }
        }
        return methods;
    }

    // ---------------------------------------------------------------- generators

    private static Object inner(G$$Frame f, int state) {
        if (state == 0) {
            return f.yields(1);
        }
        f.in();
        throw new Oops();
    }

    private static Gen<Object> inner() {
        return new G$$Frame("inner", HandWrittenTracesTest::inner);
    }

    private static Gen<Object> outer(Object delegate) {
        return new G$$Frame("outer", (f, state) -> outer(f, state, delegate));
    }

    private static Object outer(G$$Frame f, int state, Object delegate) {
        return state == 0 ? f.delegates(delegate) : f.in();
    }

    @Test
    void should_show_the_delegators_when_a_resumed_generator_throws() {
        Gen<Object> gen = outer(outer(inner()));
        gen.next();
        assertEquals(List.of("inner", "outer", "outer", "should"), methods(assertThrows(Oops.class, gen::next)));
    }

    @Test
    void should_show_where_it_was_thrown_in() {
        Gen<Object> gen = outer(outer(inner()));
        gen.next();
        var e = assertThrows(Oops.class, () -> gen.raise(new Oops()));
        assertEquals(List.of("inner", "outer", "outer", "should"), methods(e));
    }

    @Test
    void should_show_the_whole_chain_when_a_delegate_was_started_elsewhere() {
        Gen<Object> shared = outer(inner());
        shared.next();
        Gen<Object> borrower = outer(shared);
        assertEquals(List.of("inner", "outer", "outer", "should"), methods(assertThrows(Oops.class, borrower::next)));
    }

    private static Object twoSteps(G$$Frame f, int state) {
        if (state > 0) {
            f.in();
        }
        return state < 2 ? f.yields(state) : null;
    }

    @Test
    void should_show_the_whole_chain_when_thrown_through_a_borrower() {
        Gen<Object> shared = outer(new G$$Frame("twoSteps", HandWrittenTracesTest::twoSteps));
        shared.next();
        Gen<Object> borrower = outer(shared);
        borrower.next();
        assertEquals(
                List.of("twoSteps", "outer", "outer", "should"),
                methods(assertThrows(Oops.class, () -> borrower.raise(new Oops()))));
    }

    private static Object driving(G$$Frame f, int state, Gen<Object> driven) {
        if (state > 0) {
            f.in();
        }
        return f.yields(driven.next());
    }

    @Test
    void should_show_both_chains_when_one_generator_drives_another() {
        Gen<Object> driven = outer(inner());
        Gen<Object> gen = outer(new G$$Frame("driving", (f, state) -> driving(f, state, driven)));
        gen.next();
        assertEquals(
                List.of("inner", "outer", "driving", "outer", "should"),
                methods(assertThrows(Oops.class, gen::next)));
    }

    private static Object stops(G$$Frame f, int state) {
        if (state == 0) {
            return f.yields(1);
        }
        throw new StopIteration(null);
    }

    @Test
    void should_show_only_the_delegators_when_a_generator_raised_stop_iteration() {
        Gen<Object> gen = outer(new G$$Frame("stops", HandWrittenTracesTest::stops));
        gen.next();
        assertEquals(List.of("outer", "should"), methods(assertThrows(IllegalStateException.class, gen::next)));
    }

    // ---------------------------------------------------------------- coroutines

    private static Object late(C$$Frame f, int state) {
        if (state == 0) {
            return f.asks("request");
        }
        f.in();
        throw new Oops();
    }

    private static C$$Frame late() {
        return new C$$Frame("late", HandWrittenTracesTest::late, null);
    }

    private static Object awaiting(C$$Frame f, int state) {
        return state == 0 ? f.awaits(f.argument) : f.in();
    }

    private static C$$Frame awaiting(Object awaited) {
        return new C$$Frame("awaiting", HandWrittenTracesTest::awaiting, awaited);
    }

    private static Object noting(C$$Frame f, int state) {
        try {
            return state == 0 ? f.awaits(f.argument) : f.in();
        } catch (Oops e) {
            f.catches(e);
            NOTES.add(methods(e));
            throw e;
        }
    }

    private static C$$Frame noting(Object awaited) {
        return new C$$Frame("noting", HandWrittenTracesTest::noting, awaited);
    }

    private static Object run(Coroutine<?> coroutine) {
        try {
            while (true) {
                coroutine.send(null);
            }
        } catch (StopIteration stop) {
            return stop.value();
        }
    }

    @Test
    void should_show_the_awaiters_when_a_resumed_coroutine_throws() {
        var e = assertThrows(Oops.class, () -> run(awaiting(awaiting(late()))));
        assertEquals(List.of("late", "awaiting", "awaiting", "run", "should"), methods(e));
    }

    @Test
    void should_show_the_awaiters_when_a_handler_notes_it() {
        NOTES.clear();
        var e = assertThrows(Oops.class, () -> run(awaiting(noting(awaiting(late())))));
        List<String> all = List.of("late", "awaiting", "noting", "awaiting", "run", "should");
        assertEquals(List.of(all), NOTES);
        assertEquals(all, methods(e));
    }

    private static Object failing(C$$Frame f, int state) {
        throw new Oops();
    }

    private static Object afterPause(C$$Frame f, int state) {
        if (state == 0) {
            return f.asks("request");
        }
        f.in();
        return f.awaits(f.argument);
    }

    @Test
    void should_show_the_awaiters_when_a_nested_start_throws() {
        NOTES.clear();
        C$$Frame failing = new C$$Frame("failing", HandWrittenTracesTest::failing, null);
        C$$Frame nested = noting(awaiting(failing));
        C$$Frame paused = new C$$Frame("afterPause", HandWrittenTracesTest::afterPause, nested);
        var e = assertThrows(Oops.class, () -> run(awaiting(paused)));
        List<String> all = List.of("failing", "awaiting", "noting", "afterPause", "awaiting", "run", "should");
        assertEquals(List.of(all), NOTES);
        assertEquals(all, methods(e));
    }

    @Test
    void should_show_a_thousand_awaiters_when_the_stack_was_too_deep_for_them() {
        Object chain = new C$$Frame("failing", HandWrittenTracesTest::failing, null);
        for (int i = 0; i < 1000; i++) {
            chain = awaiting(chain);
        }
        var root = (C$$Frame) chain;
        List<String> methods = methods(assertThrows(Oops.class, () -> run(root)));
        assertEquals(1003, methods.size());
        assertEquals("failing", methods.get(0));
        assertEquals(1000, methods.stream().filter("awaiting"::equals).count());
    }

    @Test
    void should_show_only_the_chain_when_a_scheduler_drives() throws Throwable {
        C$$Frame root = awaiting(late());
        assertSame(Signal.SUSPENDED, Driver.resume(root, null));
        var e = assertThrows(Oops.class, () -> Driver.resume(root, null));
        assertEquals(List.of("late", "awaiting"), methods(e));
        Driver.appendCaller(e);
        assertEquals(List.of("late", "awaiting", "should"), methods(e));
    }

    @Test
    void should_show_only_the_chain_when_a_scheduler_throws_in() throws Throwable {
        C$$Frame root = awaiting(late());
        Driver.resume(root, null);
        var e = assertThrows(Oops.class, () -> Driver.raise(root, new Oops()));
        assertEquals(List.of("late", "awaiting"), methods(e));
    }

    // ---------------------------------------------------------------- promises

    @Test
    void should_show_each_awaiter_in_turn_when_a_failure_goes_from_task_to_task() throws Throwable {
        var child = new Failing();
        var parent = new Failing();
        C$$Frame childBody = awaiting(late());
        Driver.resume(childBody, null);
        child.failure = assertThrows(Oops.class, () -> Driver.resume(childBody, null));

        C$$Frame parentBody = noting(child);
        parent.failure = assertThrows(Oops.class, () -> Driver.resume(parentBody, null));
        assertEquals(List.of("late", "awaiting", "noting"), methods(parent.failure));

        C$$Frame main = awaiting(awaiting(parent));
        var e = assertThrows(Oops.class, () -> Driver.resume(main, null));
        assertEquals(List.of("late", "awaiting", "noting", "awaiting", "awaiting"), methods(e));
        assertEquals(0, e.getSuppressed().length);
    }

    @Test
    void should_record_the_second_awaiter_beside_the_trace_when_a_failure_is_awaited_twice() throws Throwable {
        var task = new Failing();
        C$$Frame body = late();
        Driver.resume(body, null);
        task.failure = assertThrows(Oops.class, () -> Driver.resume(body, null));

        C$$Frame first = awaiting(task);
        var e = assertThrows(Oops.class, () -> Driver.resume(first, null));
        C$$Frame second = noting(task);
        assertSame(e, assertThrows(Oops.class, () -> Driver.resume(second, null)));
        assertEquals(List.of("late", "awaiting"), methods(e));
        assertEquals(1, e.getSuppressed().length);
        assertEquals(List.of("noting"), methods(e.getSuppressed()[0]));
    }

    @Test
    void should_show_only_the_awaiters_when_the_failure_was_made_where_they_are_driven() {
        var promise = new Failing();
        Coroutine<?> pending = awaiting(awaiting(promise));
        pending.send(null);
        promise.failure = new Oops();
        assertEquals(
                List.of("awaiting", "awaiting", "should"),
                methods(assertThrows(Oops.class, () -> pending.send(null))).stream()
                        .filter(m -> !m.equals("send"))
                        .toList());
        var done = new Failing();
        done.failure = new Oops();
        assertEquals(
                List.of("awaiting", "awaiting", "run", "should"),
                methods(assertThrows(Oops.class, () -> run(awaiting(awaiting(done))))));
    }

    // ---------------------------------------------------------------- asynchronous generators

    private static Object price(A$$Frame f, int state) {
        return switch (state) {
            case 0 -> f.yields(1);
            case 1 -> {
                f.in();
                yield f.awaits(late());
            }
            default -> f.in();
        };
    }

    private static Object consuming(C$$Frame f, int state) {
        Object more = state == 0 ? f.next(f.argument) : f.in();
        while (more != Signal.SUSPENDED) {
            more = f.next(f.argument);
        }
        return more;
    }

    @Test
    void should_show_loop_and_generator_and_nothing_for_the_operation_between() {
        Each<Object> each = Coroutine.awaitEach(new A$$Frame("price", HandWrittenTracesTest::price));
        Object iterator = each.iterator();
        C$$Frame consumer = new C$$Frame("consuming", HandWrittenTracesTest::consuming, iterator);
        var e = assertThrows(Oops.class, () -> run(awaiting(consumer)));
        assertEquals(List.of("late", "price", "consuming", "awaiting", "run", "should"), methods(e));
    }

    private static Object throwing(C$$Frame f, int state) {
        var gen = (A$$Frame) f.argument;
        return switch (state) {
            case 0 -> {
                Object first = f.awaits(gen.next());
                assertEquals(1, first);
                yield f.awaits(gen.raise(new Oops()));
            }
            default -> f.in();
        };
    }

    @Test
    void should_show_where_it_was_thrown_into_an_asynchronous_generator() {
        A$$Frame gen = new A$$Frame("price", HandWrittenTracesTest::price);
        C$$Frame thrower = new C$$Frame("throwing", HandWrittenTracesTest::throwing, gen);
        var e = assertThrows(Oops.class, () -> run(awaiting(thrower)));
        assertEquals(List.of("price", "throwing", "awaiting", "run", "should"), methods(e));
    }
}
