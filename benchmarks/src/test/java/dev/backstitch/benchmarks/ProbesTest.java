package dev.backstitch.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstitch.benchmarks.peers.Threads;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JMH does not measure: memory and depth. */
class ProbesTest {

    @ParameterizedTest
    @ValueSource(strings = {"backstitch", "backstitchSleeping", "kotlinLaunchDelay", "kotlinBare", "kotlinLaunchAwait", "kotlinLaunchSuspend", "virtualThreads",
            "virtualThreadsSleeping"})
    void should_suspend_as_many_coroutines_as_asked_when_probed_for_memory(String kind) throws Throwable {
        assumeTrue(Threads.areVirtual() || !kind.startsWith("virtualThreads"), "needs virtual threads");

        Object[] suspended = (Object[]) SuspendedMemory.suspended(kind, 100);

        assertEquals(100, suspended.length);
        for (Object one : suspended) {
            assertNotNull(one);
        }
    }

    @Test
    void should_come_to_the_end_of_the_day_when_time_is_virtual() {
        assertEquals(Duration.ofHours(24), VirtualDay.day(1_000));
    }

    @Test
    void should_yield_through_a_million_generators_when_the_stack_is_the_default_one() throws Throwable {
        assertEquals(1_000_000L * 1_000_001L, DeepRecursion.run("yieldFrom", 1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"await", "awaitFinished"})
    void should_await_a_million_deep_when_the_stack_is_the_default_one(String kind) throws Throwable {
        assertEquals(1_000_000, DeepRecursion.run(kind, 1_000_000));
    }
}
