package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.Clock;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Interleaving;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The seams for tests: the order of what is ready, and what a clock is told about the world outside. */
class InterleavingTest {

    /** Three tasks of two steps each; what they note, in the order that {@code order} chooses. */
    private static List<String> notes(Interleaving order) {
        List<String> notes = new ArrayList<>();
        try (var loop = new EventLoop(new ManualClock(), order)) {
            loop.runUntilComplete(Body.<Object>steps(
                    x -> {
                        List<Task<?>> tasks = new ArrayList<>();
                        for (String name : List.of("a", "b", "c")) {
                            tasks.add(Tasks.spawn(Body.<Object>steps(
                                    y -> {
                                        notes.add(name + 1);
                                        return Tasks.sleep(Duration.ZERO);
                                    },
                                    y -> notes.add(name + 2))));
                        }
                        return Tasks.gather(tasks);
                    },
                    x -> null));
        }
        return notes;
    }

    @Test
    void should_run_first_in_first_out_when_no_order_is_given() {
        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "c2"), notes(null));
        assertEquals(notes(null), notes(ready -> 0));
    }

    @Test
    void should_run_what_is_chosen_when_an_order_is_given() {
        assertEquals(List.of("c1", "b1", "a1", "a2", "b2", "c2"), notes(ready -> ready.left() - 1));
        assertEquals(List.of("c1", "c2", "b1", "b2", "a1", "a2"), notes(ready -> ready.size() - 1));
    }

    @Test
    void should_show_tasks_and_callbacks_when_an_order_asks() {
        List<Class<?>> seen = new ArrayList<>();
        try (var loop = new EventLoop(new ManualClock(), ready -> {
            for (int i = 0; i < ready.size(); i++) {
                seen.add(ready.at(i).getClass());
            }
            return 0;
        })) {
            Object handle = loop.callSoon(() -> {});
            loop.runUntilComplete(Body.returning(() -> 1));
            assertEquals(List.of(handle.getClass(), Task.class), seen.subList(0, 2));
        }
    }

    @Test
    void should_refuse_when_an_order_chooses_what_is_not_there() {
        try (var loop = new EventLoop(new ManualClock(), ready -> ready.size())) {
            assertThrows(IndexOutOfBoundsException.class, () -> loop.runUntilComplete(Body.returning(() -> 1)));
        }
    }

    /** A clock that notes how many foreign operations it is told of, and answers each idle time by an action. */
    private static final class Told implements Clock {
        final List<Integer> foreign = new ArrayList<>();
        final List<Runnable> answers = new ArrayList<>();
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void idle(long nanos) {
            throw new AssertionError("the other method is called");
        }

        @Override
        public void idle(long nanos, int count) {
            foreign.add(count);
            if (answers.isEmpty()) {
                now += nanos;
            } else {
                answers.remove(0).run();
            }
        }
    }

    @Test
    void should_count_what_is_under_way_elsewhere_when_the_loop_is_idle() {
        var clock = new Told();
        var stage = new CompletableFuture<Integer>();
        var other = new CompletableFuture<Integer>();
        clock.answers.add(() -> stage.complete(1));
        clock.answers.add(() -> other.complete(2));
        try (var loop = new EventLoop(clock)) {
            List<Integer> results = loop.runUntilComplete(Body.<List<Integer>>steps(
                    x -> Tasks.gather(Body.awaiting(stage), Body.awaiting(other)), x -> x));
            assertEquals(List.of(1, 2), results);
            loop.runUntilComplete(Body.awaiting(Tasks.sleep(Duration.ofSeconds(1))));
        }
        assertEquals(List.of(2, 1, 0), clock.foreign);
    }

    @Test
    void should_count_a_stage_once_when_it_is_awaited_through_a_future() {
        var clock = new Told();
        var stage = new CompletableFuture<Integer>();
        clock.answers.add(() -> stage.complete(1));
        try (var loop = new EventLoop(clock)) {
            assertEquals(List.of(1), loop.runUntilComplete(Body.<List<Integer>>steps(x -> Tasks.gather(stage), x -> x)));
            loop.runUntilComplete(Body.awaiting(Tasks.sleep(Duration.ofSeconds(1))));
        }
        assertEquals(List.of(1, 0), clock.foreign);
    }

    @Test
    void should_no_longer_count_a_stage_when_its_awaiter_was_cancelled() {
        var clock = new Told();
        var stubborn = new CompletableFuture<Integer>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return false;
            }
        };
        try (var loop = new EventLoop(clock)) {
            loop.runUntilComplete(Body.<Object>steps(
                    x -> {
                        var waiting = Tasks.spawn(Body.awaiting(stubborn));
                        loop.callSoon(() -> waiting.cancel("enough"));
                        return Tasks.gatherSettled(waiting);
                    },
                    x -> Tasks.sleep(Duration.ofSeconds(1)),
                    x -> {
                        stubborn.complete(1);
                        return Tasks.sleep(Duration.ofSeconds(1));
                    },
                    x -> null));
        }
        assertEquals(List.of(0, 0), clock.foreign);
    }

    @Test
    void should_not_count_a_task_of_the_same_loop_when_it_is_awaited_as_a_stage() {
        var clock = new Told();
        try (var loop = new EventLoop(clock)) {
            loop.runUntilComplete(Body.<Object>steps(
                    x -> Tasks.spawn(Body.awaiting(Tasks.sleep(Duration.ofSeconds(1)))).toCompletableFuture(),
                    x -> null));
        }
        assertEquals(List.of(0), clock.foreign);
        assertTrue(clock.nanos() > 0);
    }
}
