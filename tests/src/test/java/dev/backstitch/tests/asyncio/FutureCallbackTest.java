package dev.backstitch.tests.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.LoopFuture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md L3: test_futures.py, class BaseFutureDoneCallbackTests. */
class FutureCallbackTest {
    private final VirtualLoop virtual = new VirtualLoop();
    private final EventLoop loop = virtual.loop;
    private final LoopFuture<Integer> f = new LoopFuture<>(loop);

    private final List<Integer> bag = new ArrayList<>();

    private Runnable adds(int thing) {
        return () -> bag.add(thing);
    }

    /** test_callbacks_remove_first_callback and test_callbacks_remove_first_and_second_callback. */
    @Test
    void should_not_call_what_was_taken_back() {
        Runnable cb1 = adds(42);
        Runnable cb2 = adds(17);
        Runnable cb3 = adds(100);
        for (Runnable cb : List.of(cb1, cb1, cb2, cb3, cb1)) {
            f.whenDone(cb);
        }
        assertEquals(3, f.removeWhenDone(cb1));
        assertEquals(1, f.removeWhenDone(cb3));
        assertEquals(0, f.removeWhenDone(cb3));
        assertEquals(List.of(), bag);
        f.complete(1);
        virtual.turns(1);
        assertEquals(List.of(17), bag);
        assertEquals(0, f.removeWhenDone(cb2));
    }

    /** test_callbacks_invoked_on_set_result: in a later turn, in order. */
    @Test
    void should_call_its_callbacks_in_the_next_turn() {
        f.whenDone(adds(42));
        f.whenDone(adds(17));
        assertEquals(List.of(), bag);
        f.complete(5);
        assertEquals(List.of(), bag);
        virtual.turns(1);
        assertEquals(List.of(42, 17), bag);
    }

    /** test_callbacks_invoked_on_set_exception, and on a cancellation. */
    @Test
    void should_call_its_callbacks_however_it_ends() {
        f.whenDone(adds(100));
        f.fail(new RuntimeException("boom"));
        f.exception();
        var cancelled = new LoopFuture<Void>(loop);
        cancelled.whenDone(adds(200));
        cancelled.cancel();
        virtual.turns(1);
        assertEquals(List.of(100, 200), bag);
    }

    /** BaseFutureDoneCallbackTests, on a future that is done: still by the loop. */
    @Test
    void should_call_back_by_the_loop_when_it_is_done_already() {
        f.complete(1);
        f.whenDone(adds(1));
        assertEquals(List.of(), bag);
        virtual.turns(1);
        assertEquals(List.of(1), bag);
    }

    /** As test_schedule_callbacks_list_mutation_1: callbacks that add and take back. */
    @Test
    void should_bear_callbacks_that_change_the_callbacks() {
        Runnable late = adds(2);
        f.whenDone(() -> {
            bag.add(1);
            f.removeWhenDone(late); // too late: they have all been handed to the loop
            f.whenDone(adds(3));
        });
        f.whenDone(late);
        f.complete(1);
        virtual.turns(2);
        assertEquals(List.of(1, 2, 3), bag);
    }

    /** test_remove_done_callback and test_callbacks_remove_third_callback. */
    @Test
    void should_count_what_was_taken_back() {
        Runnable cb1 = adds(1);
        Runnable cb2 = adds(2);
        f.whenDone(cb1);
        f.whenDone(cb2);
        assertEquals(1, f.removeWhenDone(cb2));
        assertEquals(0, f.removeWhenDone(adds(3)));
        f.whenDone(cb2);
        for (int i = 0; i < 5; i++) {
            f.whenDone(cb1);
        }
        assertEquals(6, f.removeWhenDone(cb1));
        assertEquals(List.of(), bag);
        f.complete(1);
        virtual.turns(1);
        assertEquals(List.of(2), bag);
        assertEquals(1, f.result());
    }

    /** A callback whose comparison does something to the future that is just being searched. */
    private final class Evil implements Runnable {
        private final Runnable onEquals;

        Evil(Runnable onEquals) {
            this.onEquals = onEquals;
        }

        @Override
        public void run() {
            throw new AssertionError("it was never added");
        }

        @Override
        public boolean equals(Object other) {
            onEquals.run();
            return false;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private void addMany(Runnable callback) {
        f.whenDone(adds(0));
        for (int i = 0; i < 63; i++) {
            f.whenDone(callback);
        }
    }

    /** test_remove_done_callbacks_list_mutation and test_remove_done_callbacks_list_clear. */
    @Test
    void should_bear_a_comparison_that_takes_callbacks_back() {
        Runnable many = adds(1);
        addMany(many);
        assertEquals(0, f.removeWhenDone(new Evil(() -> f.removeWhenDone(many))));
        f.complete(1);
        virtual.turns(1);
        assertEquals(List.of(0), bag);
    }

    /** test_schedule_callbacks_list_mutation_2: and one that adds more. */
    @Test
    void should_bear_a_comparison_that_adds_callbacks() {
        addMany(adds(1));
        int[] added = {0};
        assertEquals(0, f.removeWhenDone(new Evil(() -> {
            if (added[0]++ < 100) {
                f.whenDone(adds(2));
            }
        })));
        assertTrue(added[0] >= 64);
        f.complete(1);
        virtual.turns(1);
        assertEquals(64 + Math.min(100, added[0]), bag.size());
    }

    /** test_schedule_callbacks_list_mutation_1. */
    @Test
    void should_bear_a_callback_that_takes_the_next_ones_back() {
        Runnable late = adds(2);
        f.whenDone(() -> f.removeWhenDone(late));
        f.whenDone(late);
        f.whenDone(late);
        f.complete(1);
        virtual.turns(1);
        assertEquals(List.of(2, 2), bag); // they have been handed to the loop
    }
}
