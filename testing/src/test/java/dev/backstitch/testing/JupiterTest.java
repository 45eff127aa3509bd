package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes as Jupiter does. */
class JupiterTest {
    private static final List<String> EVENTS = new ArrayList<>();

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static EngineExecutionResults run(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
    }

    private static String failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow())
                .map(failure -> failure.toString().lines().findFirst().orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> names(EngineExecutionResults results) {
        return results.testEvents().finished().stream()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName())
                .collect(Collectors.toList());
    }

    static class Coroutines implements CoroutineTests {
        private int calls;

        @BeforeEach
        void before() {
            calls = 0;
        }

        @AfterEach
        void after(TestLoop loop) {
            EVENTS.add(loop.order() + " took " + loop.clock().now());
        }

        @CoroutineTest(shuffled = 2, seed = 5)
        @Async
        Coroutine<Void> should_sleep_when_asked(VirtualClock clock, EventLoop loop) {
            assertSame(loop, EventLoop.current());
            assertEquals(1, ++calls);
            await(sleep(Duration.ofHours(1)));
            assertEquals(Duration.ofHours(1), clock.now());
            return Coroutine.done();
        }

        @CoroutineTest
        @Async
        Coroutine<Void> should_fail_when_told() {
            throw new IllegalStateException("told");
        }

        @CoroutineTest(shuffled = 50)
        @Async
        Coroutine<Void> should_fail_when_the_order_is_bad() {
            var trace = new StringBuilder();
            await(gather(append(trace, 'a'), append(trace, 'b')));
            assertEquals("ab", trace.toString());
            return Coroutine.done();
        }

        @Async
        private static Coroutine<Void> append(StringBuilder trace, char part) {
            trace.append(part);
            return Coroutine.done();
        }

        @Nested
        class Inner implements CoroutineTests {
            @CoroutineTest
            @Async
            Coroutine<Void> should_have_an_outer_instance_when_nested() {
                await(sleep(Duration.ofHours(1)));
                assertEquals(0, calls);
                return Coroutine.done();
            }
        }
    }

    @Test
    void should_run_coroutines_in_virtual_time_when_a_class_has_them() {
        var results = run(Coroutines.class);
        assertEquals(
                List.of("should_fail_when_the_order_is_bad", "should_fail_when_told", "should_sleep_when_asked",
                        "should_have_an_outer_instance_when_nested"),
                names(results));
        String failures = failures(results).replaceAll("shuffled:\\d+", "shuffled:N");
        assertEquals("""
                dev.backstitch.testing.InterleavingError: should_fail_when_the_order_is_bad: in the order shuffled:N: org.opentest4j.AssertionFailedError: expected: <ab> but was: <ba>
                dev.backstitch.testing.InterleavingError: should_fail_when_told: in the order fifo: java.lang.IllegalStateException: told""",
                failures);
        assertEquals(
                List.of("fifo took PT1H", "shuffled:5 took PT1H", "shuffled:6 took PT1H"),
                EVENTS.stream().filter(event -> event.endsWith("1H")).collect(Collectors.toList()).subList(0, 3));
    }

    static class Wrong implements CoroutineTests {
        @CoroutineTest
        void should_return_a_coroutine() {}
    }

    static class Empty implements CoroutineTests {}

    static class NoConstructor implements CoroutineTests {
        NoConstructor(org.junit.jupiter.api.TestInfo info) {}

        @CoroutineTest
        @Async
        Coroutine<Void> nothing() {
            return Coroutine.done();
        }
    }

    @Test
    void should_say_what_is_wrong_when_a_class_is_no_such_test() {
        assertEquals(
                "java.lang.IllegalStateException: a @CoroutineTest is an instance method that returns a Coroutine: "
                        + "void dev.backstitch.testing.JupiterTest$Wrong.should_return_a_coroutine()",
                failures(run(Wrong.class)));
        assertEquals(
                "java.lang.IllegalStateException: dev.backstitch.testing.JupiterTest$Empty implements CoroutineTests"
                        + " and has no @CoroutineTest",
                failures(run(Empty.class)));
        assertEquals(
                "dev.backstitch.testing.InterleavingError: nothing: in the order fifo: java.lang.IllegalStateException: "
                        + "dev.backstitch.testing.JupiterTest$NoConstructor needs a constructor without parameters: every run of"
                        + " a @CoroutineTest has an instance of its own",
                failures(run(NoConstructor.class)));
    }

    @ExtendWith(TestLoopExtension.class)
    static class Plain {
        @BeforeEach
        void before(TestLoop loop) {
            loop.clock().advance(Duration.ofSeconds(1));
        }

        @Test
        void should_share_a_loop_when_several_ask(VirtualClock clock, TestLoop loop) {
            assertSame(clock, loop.clock());
            assertEquals("fifo", loop.order().toString());
            assertEquals(Duration.ofSeconds(1), clock.now());
        }

        @Test
        void should_fail_when_an_error_is_left(EventLoop loop) {
            loop.callSoon(() -> {
                throw new IllegalStateException("left");
            });
            loop.runUntilComplete(Coroutines.append(new StringBuilder(), 'a'));
        }
    }

    @Test
    void should_give_a_loop_to_ordinary_tests_when_they_ask() {
        var results = run(Plain.class);
        assertEquals(1, results.testEvents().succeeded().count());
        String failure = failures(results);
        assertEquals("java.lang.AssertionError: An error that no coroutine received: Exception in callback",
                failure.substring(0, failure.indexOf("callback") + 8));
    }
}
