package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Traces across tasks, gatherings, limits and the loop: rules 1 to 4 of SEMANTICS.md, section 5. */
class LoopTracesTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    /** A body that awaits one thing at line 1 of {@code demo.Program.<name>}. */
    private static final class Named extends Coroutine<Object> {
        private final String name;
        private final Callable<?> target;
        private boolean waiting;

        Named(String name, Callable<?> target) {
            this.name = name;
            this.target = target;
        }

        @Override
        protected StackTraceElement where() {
            return new StackTraceElement("demo.Program", name, "Program.java", 1);
        }

        @Override
        protected Object run() throws Throwable {
            if (waiting) {
                return resumed();
            }
            waiting = true;
            return await((Object) target.call());
        }
    }

    /** Awaits one turn, then throws. */
    private static Coroutine<Object> failing(RuntimeException failure) {
        return Body.steps(x -> Tasks.sleep(MILLI), x -> {
            throw failure;
        });
    }

    private static Named named(String name, Callable<?> target) {
        return new Named(name, target);
    }

    /** The program's frames by method: those of {@code demo.Program}, and the test method that ran it. */
    private static List<String> program(Throwable failure) {
        List<String> names = new ArrayList<>();
        for (StackTraceElement e : failure.getStackTrace()) {
            if (e.getClassName().equals("demo.Program")) {
                names.add(e.getMethodName());
            } else if (e.getMethodName().startsWith("should_")) {
                names.add("TEST");
            }
        }
        return names;
    }

    private static void assertNoMachinery(Throwable failure) {
        assertTrue(
                Arrays.stream(failure.getStackTrace())
                        .noneMatch(e -> e.getClassName().matches("dev\\.backstitch\\.(loop\\.)?[A-Z].*")),
                () -> Arrays.toString(failure.getStackTrace()));
    }

    @Test
    void should_show_awaiting_frames_then_the_caller_of_run() {
        var failure = assertThrows(IllegalStateException.class, () -> EventLoop.run(
                named("main", () -> named("inner", () -> failing(new IllegalStateException())))));
        assertEquals(List.of("inner", "main", "TEST"), program(failure).stream().distinct().toList());
        assertNoMachinery(failure);
    }

    @Test
    void should_splice_the_frames_of_a_task_and_of_its_awaiter() {
        var failure = assertThrows(IllegalStateException.class, () -> EventLoop.run(named(
                "main", () -> Tasks.spawn(named("child", () -> failing(new IllegalStateException()))))));
        assertEquals(List.of("child", "main", "TEST"), program(failure).stream().distinct().toList());
        assertNoMachinery(failure);
    }

    @Test
    void should_splice_through_a_gathering() {
        var failure = assertThrows(IllegalStateException.class, () -> EventLoop.run(named(
                "main", () -> Tasks.gather(named("child", () -> failing(new IllegalStateException()))))));
        assertEquals(List.of("child", "main", "TEST"), program(failure).stream().distinct().toList());
        assertNoMachinery(failure);
    }

    @Test
    void should_show_where_the_time_ran_out_and_in_its_cause_what_took_too_long() {
        var failure = assertThrows(TimeoutError.class, () -> EventLoop.run(named("main", () -> Tasks.timeout(
                MILLI, () -> named("slow", () -> new CompletableFuture<Object>())))));
        assertEquals(List.of("main", "TEST"), program(failure).stream().distinct().toList());
        assertEquals("slow", program(failure.getCause()).get(0));
        assertNoMachinery(failure);
    }

    @Test
    void should_show_where_a_cancelled_body_waited() {
        var failure = assertThrows(CancelledError.class, () -> EventLoop.run(named("main", () -> {
            Task<Object> child = Tasks.spawn(named("child", () -> Tasks.sleep(Duration.ofDays(1))));
            Tasks.spawn(Body.steps(x -> Tasks.sleep(MILLI), x -> child.cancel()));
            return child;
        })));
        assertEquals(List.of("child", "main", "TEST"), program(failure).stream().distinct().toList());
    }

    @Test
    void should_keep_the_origin_and_name_the_second_awaiter_when_a_failure_is_awaited_twice() {
        Throwable[] seen = new Throwable[1];
        EventLoop.run(Body.steps(
                x -> {
                    Task<Object> child = Tasks.spawn(named("child", () -> failing(new IllegalStateException())));
                    return Tasks.gatherSettled(named("first", () -> child), named("second", () -> child));
                },
                x -> {
                    seen[0] = (Throwable) ((List<?>) x).get(0);
                    return null;
                }));
        assertEquals(List.of("child", "first"), program(seen[0]).stream().filter(n -> !n.equals("TEST")).toList());
        assertEquals("second", program(seen[0].getSuppressed()[0]).get(0));
    }
}
