package dev.backstitch.tests.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code hasNext()} has run the body to is delivered once, and a {@code send}, {@code raise} or {@code close} that
 * follows answers it: whether the body itself has yielded it, as an object or as an {@code int}, or a delegate has.
 */
class LookAheadTest {
    private final List<Object> trace = new ArrayList<>();

    @Generator
    Gen<Object> objects() {
        for (int i = 1; i <= 3; i++) {
            try {
                trace.add("sent " + Gen.yield((Object) i));
            } catch (IllegalArgumentException e) {
                trace.add("caught " + e.getMessage());
            } finally {
                trace.add("left " + i);
            }
        }
        return Gen.end("result");
    }

    @Generator
    Gen<Integer> ints() {
        for (int i = 1; i <= 3; i++) {
            try {
                trace.add("sent " + Gen.yield(i));
            } catch (IllegalArgumentException e) {
                trace.add("caught " + e.getMessage());
            } finally {
                trace.add("left " + i);
            }
        }
        return Gen.end("result");
    }

    @Generator
    Gen<Object> delegated() {
        return Gen.end(Gen.yieldFrom(objects()));
    }

    @Generator
    Gen<Integer> delegatedInts() {
        return Gen.end(Gen.yieldFrom(ints()));
    }

    /** The body's own value comes after a delegate that yields nothing. */
    @Generator
    Gen<Object> afterDelegate() {
        Gen.yieldFrom(List.of());
        return Gen.end(Gen.yieldFrom(delegated()));
    }

    static Stream<Function<LookAheadTest, Gen<?>>> kinds() {
        return Stream.of(
                LookAheadTest::objects,
                LookAheadTest::ints,
                LookAheadTest::delegated,
                LookAheadTest::delegatedInts,
                LookAheadTest::afterDelegate);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_run_the_body_once_for_each_value_when_it_is_asked_repeatedly(Function<LookAheadTest, Gen<?>> kind) {
        Gen<?> gen = kind.apply(this);
        for (int i = 1; i <= 3; i++) {
            assertTrue(gen.hasNext());
            assertTrue(gen.hasNext());
            assertEquals(State.SUSPENDED, gen.state());
            assertEquals(2 * (i - 1), trace.size());
            assertEquals(i, gen.next());
            assertEquals(State.SUSPENDED, gen.state());
        }
        assertFalse(gen.hasNext());
        assertFalse(gen.hasNext());
        assertEquals(State.CLOSED, gen.state());
        assertEquals("result", gen.result());
        assertEquals(List.of("sent null", "left 1", "sent null", "left 2", "sent null", "left 3"), trace);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_pull_when_nobody_asked(Function<LookAheadTest, Gen<?>> kind) {
        Gen<?> gen = kind.apply(this);
        assertEquals(List.of(1, 2, 3), List.of(gen.next(), gen.next(), gen.next()));
        assertThrows(StopIteration.class, gen::next);
        assertThrows(StopIteration.class, gen::next);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_answer_the_value_not_delivered_when_something_is_sent(Function<LookAheadTest, Gen<?>> kind) {
        Gen<?> gen = kind.apply(this);
        assertTrue(gen.hasNext());
        assertEquals(2, gen.send("a"));
        assertTrue(gen.hasNext());
        assertEquals(3, gen.next());
        assertFalse(gen.hasNext());
        assertEquals(List.of("sent a", "left 1", "sent null", "left 2", "sent null", "left 3"), trace);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_raise_at_the_value_not_delivered_when_an_exception_is_thrown_in(Function<LookAheadTest, Gen<?>> kind) {
        Gen<?> gen = kind.apply(this);
        assertTrue(gen.hasNext());
        assertEquals(2, gen.raise(new IllegalArgumentException("x")));
        assertEquals(3, gen.next());
        assertEquals(List.of("caught x", "left 1", "sent null", "left 2"), trace);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_end_where_the_value_was_not_delivered_when_it_is_closed(Function<LookAheadTest, Gen<?>> kind) {
        Gen<?> gen = kind.apply(this);
        assertTrue(gen.hasNext());
        gen.close();
        assertEquals(List.of("left 1"), trace);
        assertFalse(gen.hasNext());
        assertEquals(State.CLOSED, gen.state());
    }

    @Generator
    Gen<Integer> ignoring() {
        try {
            Gen.yield(1);
        } finally {
            Gen.yield(2);
        }
        return Gen.end();
    }

    @Generator
    Gen<Integer> delegatesToIgnoring() {
        Gen.yieldFrom(ignoring());
        return Gen.end();
    }

    @Test
    void should_take_back_the_answer_when_a_body_ignores_its_exit() {
        for (Gen<Integer> gen : List.of(ignoring(), delegatesToIgnoring())) {
            assertTrue(gen.hasNext());
            assertThrows(IllegalStateException.class, gen::close);
        }
        Gen<Integer> gen = ignoring();
        gen.next();
        assertThrows(IllegalStateException.class, gen::close);
        assertEquals(State.SUSPENDED, gen.state());
        assertThrows(dev.backstitch.GeneratorExit.class, gen::hasNext); // the finally block goes on, and the exit with it
        assertEquals(State.CLOSED, gen.state());
    }

    @Generator
    PrimitiveIterator.OfInt primitive() {
        Gen.yield(1);
        Gen.yieldFrom(List.of(2));
        Gen.yield(3);
        return null;
    }

    @Test
    void should_take_each_value_where_it_is_when_own_and_delegated_ones_alternate() {
        PrimitiveIterator.OfInt it = primitive();
        for (int i = 1; i <= 3; i++) {
            assertTrue(it.hasNext());
            assertEquals(i, it.nextInt());
        }
        assertFalse(it.hasNext());
        it = primitive();
        assertEquals(1, it.nextInt());
        assertEquals(2, it.next());
        assertEquals(3, it.nextInt());
        assertThrows(StopIteration.class, it::nextInt);
    }

    private final List<Gen<?>> inner = new ArrayList<>();

    private <G extends Gen<?>> G kept(G gen) {
        inner.add(gen);
        return gen;
    }

    @Generator
    Gen<Object> sharing() {
        return Gen.end(Gen.yieldFrom(kept(objects())));
    }

    @Generator
    PrimitiveIterator.OfInt sharingInts() {
        Gen.yieldFrom(kept(ints()));
        return null;
    }

    /** The value is ready at a frame below the one that is shared. */
    @Generator
    Gen<Object> sharingOuter() {
        return Gen.end(Gen.yieldFrom(kept(delegated())));
    }

    /** Both the delegate and the delegate's delegate are shared. */
    @Generator
    Gen<Object> sharingBoth() {
        return Gen.end(Gen.yieldFrom(kept(sharing())));
    }

    static Stream<Function<LookAheadTest, Iterator<?>>> sharers() {
        return Stream.of(
                LookAheadTest::sharing,
                LookAheadTest::sharingInts,
                LookAheadTest::sharingOuter,
                LookAheadTest::sharingBoth);
    }

    @ParameterizedTest
    @MethodSource("sharers")
    void should_deliver_the_value_that_is_ready_when_others_pull_the_delegate(
            Function<LookAheadTest, Iterator<?>> kind) {
        Iterator<?> outer = kind.apply(this);
        assertTrue(outer.hasNext());
        assertEquals(2, inner.get(inner.size() - 1).next());
        assertTrue(outer.hasNext());
        assertEquals(1, outer.next());
        assertEquals(3, outer.next());
        assertFalse(outer.hasNext());
    }

    @ParameterizedTest
    @MethodSource("sharers")
    void should_deliver_the_value_that_is_ready_when_others_send_to_the_delegate(
            Function<LookAheadTest, Iterator<?>> kind) {
        Iterator<?> outer = kind.apply(this);
        assertTrue(outer.hasNext());
        assertEquals(2, inner.get(0).send("a"));
        assertEquals(1, outer.next());
        assertEquals(List.of("sent a", "left 1"), trace);
        assertEquals(3, outer.next());
    }

    @ParameterizedTest
    @MethodSource("sharers")
    void should_deliver_the_value_that_is_ready_when_others_close_the_delegate(
            Function<LookAheadTest, Iterator<?>> kind) {
        Iterator<?> outer = kind.apply(this);
        assertTrue(outer.hasNext());
        inner.get(0).close();
        assertEquals(List.of("left 1"), trace);
        assertEquals(1, outer.next());
        assertFalse(outer.hasNext());
    }

    @Test
    void should_deliver_the_value_that_is_ready_when_each_delegate_is_pulled_by_others() {
        Gen<Object> outer = sharingBoth();
        assertTrue(outer.hasNext());
        assertEquals(2, inner.get(1).next());
        assertEquals(3, inner.get(0).next());
        assertEquals(1, outer.next());
        assertFalse(outer.hasNext());
        assertEquals("result", inner.get(1).result());
    }
}
