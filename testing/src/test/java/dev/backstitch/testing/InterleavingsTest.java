package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavingsTest {

    /** Right only if the tasks start in the order of their spawning. */
    @Async
    private static Coroutine<String> dependent() {
        var trace = new StringBuilder();
        await(gather(append(trace, "open "), append(trace, "close")));
        if (!trace.toString().equals("open close")) {
            throw new IllegalStateException("closed before it was open");
        }
        return Coroutine.of(trace.toString());
    }

    @Async
    private static Coroutine<Void> append(StringBuilder trace, String part) {
        await(sleep(Duration.ZERO));
        trace.append(part);
        return Coroutine.done();
    }

    @Test
    void should_name_the_order_and_the_line_that_replays_it_when_a_run_fails() {
        for (var interleavings : List.of(Interleavings.shuffled(50), Interleavings.pct(50, 2), Interleavings.pct(50, 2).from(9))) {
            var error = assertThrows(InterleavingError.class, () -> interleavings.run(() -> dependent()));
            assertEquals("closed before it was open", error.getCause().getMessage());
            String order = error.order().toString();
            assertTrue(error.getMessage().contains("TestLoop.run(Order.of(\"" + order + "\"), ...)"), error.getMessage());
            assertTrue(error.getMessage().contains("-Dbackstitch.order=" + order), error.getMessage());
            var again = assertThrows(IllegalStateException.class, () -> TestLoop.run(Order.of(order), dependent()));
            assertEquals("closed before it was open", again.getMessage());
        }
    }

    @Test
    void should_run_each_order_once_and_fifo_first_when_none_fails() {
        List<String> orders = new ArrayList<>();
        Interleavings.shuffled(3).from(7).runLoops(loop -> orders.add(loop.order().toString()));
        assertEquals(List.of("fifo", "shuffled:7", "shuffled:8", "shuffled:9"), orders);
        orders.clear();
        Interleavings.pct(2, 4).runLoops(loop -> {
            orders.add(loop.order().toString());
            loop.runUntilComplete(append(new StringBuilder(), ""));
        });
        assertEquals(List.of("fifo", "pct:1:4:3", "pct:2:4:3"), orders);
    }

    @Test
    void should_run_only_one_order_when_the_property_names_it() {
        List<String> orders = new ArrayList<>();
        System.setProperty(Interleavings.ONLY, "shuffled:99");
        try {
            Interleavings.pct(5, 2).runLoops(loop -> orders.add(loop.order().toString()));
        } finally {
            System.clearProperty(Interleavings.ONLY);
        }
        assertEquals(List.of("shuffled:99"), orders);
    }
}
