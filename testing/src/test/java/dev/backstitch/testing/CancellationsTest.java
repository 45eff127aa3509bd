package dev.backstitch.testing;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CancellationsTest {
    private final Set<String> ends = new TreeSet<>();
    private final List<Integer> lent = new ArrayList<>();

    @Async
    private Coroutine<Void> main(boolean careful) {
        var worker = spawn(careful ? careful() : careless(), "worker");
        await(gatherSettled(worker));
        if (!lent.isEmpty()) {
            lent.clear();
            throw new IllegalStateException("not given back");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> careful() {
        String at = "first";
        try {
            await(sleep(Duration.ZERO));
            at = "second";
            lent.add(1);
            await(sleep(Duration.ofHours(1)));
            at = "end";
        } finally {
            lent.clear();
            ends.add(at);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> careless() {
        await(sleep(Duration.ZERO));
        lent.add(1);
        await(sleep(Duration.ofHours(1)));
        lent.remove(0);
        return Coroutine.done();
    }

    @Test
    void should_cancel_at_every_point_when_the_program_stands_it() {
        int runs = Cancellations.ofTasks("worker").run(() -> main(true));
        assertEquals(Set.of("first", "second", "end"), ends);
        int pairs = Cancellations.ofTasks("worker").twice().run(() -> main(true));
        assertEquals(runs + (runs - 1) * (runs - 2) / 2, pairs);
    }

    @Test
    void should_show_the_point_and_the_line_that_replays_it_when_the_program_does_not_stand_it() {
        for (Order order : List.of(Order.fifo(), Order.shuffled(3))) {
            var error = assertThrows(
                    InterleavingError.class, () -> Cancellations.ofTasks("work").in(order).run(() -> main(false)));
            assertEquals("not given back", error.getCause().getMessage());
            String message = error.getMessage();
            String start = "Cancellations.ofTasks(\"work\").in(Order.of(\"" + order + "\")).only(\"";
            int at = message.indexOf(start);
            assertTrue(at > 0, message);
            String points = message.substring(at + start.length(), message.lastIndexOf('"'));
            var again = assertThrows(InterleavingError.class,
                    () -> Cancellations.ofTasks("work").in(order).only(points, () -> main(false)));
            assertEquals(message, again.getMessage());
        }
    }

    @Test
    void should_refuse_when_no_task_has_such_a_name() {
        assertThrows(IllegalStateException.class, () -> Cancellations.ofTasks("other").run(() -> main(true)));
    }
}
