package dev.backstitch.tests.semantics;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.semantics.Drive.ask;
import static dev.backstitch.tests.semantics.Drive.run;
import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Coroutine;
import dev.backstitch.Driver;
import dev.backstitch.Gen.State;
import dev.backstitch.annotations.Async;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * SEMANTICS.md C2 and C9 for a coroutine that is awaited where it is called, when somebody has it all the same: an
 * overriding method keeps what it hands on.
 */
class AwaitedCallTest {

    static class Service {
        @Async
        Coroutine<Object> load(Object key) {
            Object answer = await(ask(key));
            return Coroutine.of(answer);
        }
    }

    /** Not a coroutine itself. */
    static final class Keeping extends Service {
        Coroutine<Object> kept;

        @Override
        Coroutine<Object> load(Object key) {
            kept = super.load(key);
            return kept;
        }
    }

    private final Keeping service = new Keeping();

    @Async
    static Coroutine<Object> awaits(Service service) {
        return Coroutine.of(await(service.load("key")));
    }

    private Coroutine<Object> suspended() {
        Coroutine<Object> outer = awaits(service);
        assertEquals("key", outer.send(null));
        return outer;
    }

    private static void refuses(String message, Executable use) {
        assertEquals(message, assertThrows(IllegalStateException.class, use).getMessage());
    }

    private static List<String> methods(Coroutine<?> coroutine) {
        return Arrays.stream(Driver.stack(coroutine)).map(StackTraceElement::getMethodName).toList();
    }

    @Test
    void should_be_suspended_when_the_body_waits() {
        Coroutine<Object> outer = suspended();
        assertEquals(State.SUSPENDED, service.kept.state());
        assertSame(((Coroutine<?>) outer.awaiting()).awaiting(), service.kept.awaiting());
        assertEquals(List.of("load", "awaits"), methods(service.kept));
        assertEquals(List.of("ask", "load", "awaits"), methods(outer));
    }

    @Test
    void should_refuse_every_use_when_it_is_awaited_already() {
        Coroutine<Object> outer = suspended();
        refuses("coroutine is being awaited already", () -> service.kept.send(null));
        refuses("coroutine is being awaited already", () -> service.kept.raise(new RuntimeException()));
        refuses("coroutine is being awaited already", () -> service.kept.close());
        refuses("coroutine is being awaited already", () -> Driver.resume(service.kept, null));
        refuses("coroutine is being awaited already", () -> run(awaitsIt(service.kept)));
        assertEquals("answer", stopValue(() -> outer.send("answer")));
    }

    @Async
    static Coroutine<Object> awaitsIt(Coroutine<Object> it) {
        return Coroutine.of(await(it));
    }

    @Test
    void should_be_used_up_when_it_has_returned() {
        Coroutine<Object> outer = suspended();
        assertEquals("answer", stopValue(() -> outer.send("answer")));
        assertEquals(State.CLOSED, service.kept.state());
        assertNull(service.kept.awaiting());
        service.kept.close();
        refuses("cannot reuse already awaited coroutine", () -> service.kept.send(null));
        refuses("cannot reuse already awaited coroutine", () -> run(awaitsIt(service.kept)));
    }

    @Test
    void should_be_used_up_when_it_has_failed() {
        Coroutine<Object> outer = suspended();
        var failure = new IllegalArgumentException();
        assertSame(failure, assertThrows(IllegalArgumentException.class, () -> outer.raise(failure)));
        assertEquals(State.CLOSED, service.kept.state());
        refuses("cannot reuse already awaited coroutine", () -> service.kept.send(null));
    }

    @Test
    void should_be_closed_when_its_awaiter_is() {
        Coroutine<Object> outer = suspended();
        outer.close();
        assertEquals(State.CLOSED, service.kept.state());
        service.kept.close();
    }

    /** Hands on a coroutine that another method has made. */
    static final class Holder {
        final Coroutine<Object> held;

        Holder(Coroutine<Object> held) {
            this.held = held;
        }

        Coroutine<Object> held() {
            return held;
        }

        @Async
        Coroutine<Object> awaits() {
            return Coroutine.of(await(held()));
        }

        @Async
        Coroutine<Object> tail() {
            return held();
        }

        @Async
        Coroutine<Object> deep(int levels) {
            return Coroutine.of(levels == 0 ? await(held()) : await(deep(levels - 1)));
        }
    }

    @Test
    void should_be_what_its_awaiter_waits_for_when_another_method_has_made_it() {
        Holder holder = new Holder(new Service().load("key"));
        Coroutine<Object> outer = holder.awaits();
        assertEquals("key", outer.send(null));
        assertSame(holder.held, outer.awaiting());
        assertEquals(List.of("ask", "load", "awaits"), methods(outer));
        assertEquals("answer", stopValue(() -> outer.send("answer")));
        assertEquals(State.CLOSED, holder.held.state());
        refuses("cannot reuse already awaited coroutine", () -> run(holder.awaits()));
    }

    @Test
    void should_be_used_up_when_another_method_has_made_it_and_it_does_not_suspend() {
        Holder holder = new Holder(echo("at once"));
        assertEquals("at once", run(holder.awaits()).result());
        assertEquals(State.CLOSED, holder.held.state());
        assertEquals("at once", run(new Holder(echo("at once")).tail()).result());
    }

    @Test
    void should_be_started_by_the_driver_when_another_method_has_made_it_and_the_stack_is_deep() {
        for (int levels = 55; levels < 75; levels++) {
            assertEquals("deep", run(new Holder(echo("deep")).deep(levels)).result());
            Holder suspending = new Holder(new Service().load("key"));
            Coroutine<Object> outer = suspending.deep(levels);
            assertEquals("key", outer.send(null));
            assertEquals("answer", stopValue(() -> outer.send("answer")));
            assertEquals(State.CLOSED, suspending.held.state());
        }
    }

    @Test
    void should_be_used_up_when_another_method_has_made_it_and_it_fails() {
        Failing failing = new Failing();
        failing.kept = failing.fails();
        Holder holder = new Holder(failing.kept);
        Throwable failure = assertThrows(IllegalArgumentException.class, () -> run(holder.awaits()));
        assertEquals("RUNNING", failure.getMessage());
        assertEquals(List.of("fails", "awaits"), methods(failure).subList(0, 2));
        assertEquals(State.CLOSED, holder.held.state());
    }

    private static List<String> methods(Throwable failure) {
        return Stream.of(failure.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    }

    @Async
    private static Coroutine<Object> echo(Object value) {
        return Coroutine.of(value);
    }

    static final class Failing extends Service {
        Coroutine<Object> kept;

        @Async
        Coroutine<Object> fails() {
            throw new IllegalArgumentException(kept.state().toString());
        }

        Coroutine<Object> keeps() {
            kept = fails();
            return kept;
        }

        @Async
        Coroutine<Object> calls() {
            return Coroutine.of(await(keeps()));
        }
    }

    @Test
    void should_be_running_while_it_runs_and_used_up_when_it_fails_at_once() {
        Failing failing = new Failing();
        var failure = assertThrows(IllegalArgumentException.class, () -> run(failing.calls()));
        assertEquals("RUNNING", failure.getMessage());
        assertEquals(State.CLOSED, failing.kept.state());
    }

    @Async
    private static Coroutine<Object> direct(List<Object> trace) {
        trace.add("before");
        trace.add(await(ask("request")));
        return Coroutine.of("result");
    }

    @Async
    private static Coroutine<Object> callsDirectly(List<Object> trace) {
        return Coroutine.of(await(direct(trace)));
    }

    /** C9: what waits is there to be looked at, although no coroutine was made when it was called. */
    @Test
    void should_show_what_it_waits_for_when_a_private_coroutine_is_awaited() {
        var trace = new ArrayList<Object>();
        Coroutine<Object> outer = callsDirectly(trace);
        assertEquals("request", outer.send(null));
        Coroutine<?> inner = (Coroutine<?>) outer.awaiting();
        assertEquals(State.SUSPENDED, inner.state());
        refuses("coroutine is being awaited already", () -> inner.send(null));
        assertEquals(List.of("ask", "direct", "callsDirectly"), methods(outer));
        assertEquals("result", stopValue(() -> outer.send("answer")));
        assertEquals(List.of("before", "answer"), trace);
        refuses("cannot reuse already awaited coroutine", () -> inner.send(null));
    }
}
