package dev.backstitch.tests.semantics;

import static dev.backstitch.tests.semantics.Drive.stopValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Gen;
import dev.backstitch.Gen.State;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Delegation to a {@link Stream}, which is closed when that ends. What its {@code onClose} throws is thrown where the body
 * delegates, as what a delegate's {@code close()} throws is in Python (PEP 380).
 */
class StreamDelegationTest {
    private final List<Object> log = new ArrayList<>();

    @Generator
    Gen<Object> over(Stream<?> stream) {
        try {
            Gen.yieldFrom(stream);
        } catch (IllegalStateException e) {
            log.add("caught " + e.getMessage());
            for (Throwable suppressed : e.getSuppressed()) {
                log.add("suppressed " + suppressed.getMessage());
            }
        } finally {
            log.add("finally");
        }
        Gen.yield("after");
        return Gen.end();
    }

    private static Stream<Integer> failing(int... values) {
        return java.util.stream.IntStream.of(values).boxed().onClose(() -> {
            throw new IllegalStateException("onClose");
        });
    }

    @Test
    void should_close_the_stream_once_when_it_ends() {
        Gen<Object> gen = over(Stream.of(1, 2).onClose(() -> log.add("closed")));
        assertEquals(List.of(1, 2, "after"), gen.stream().toList());
        assertEquals(List.of("closed", "finally"), log);
    }

    @Test
    void should_close_the_stream_once_when_the_generator_is_closed() {
        Gen<Object> gen = over(Stream.of(1, 2).onClose(() -> log.add("closed")));
        assertEquals(1, gen.next());
        gen.close();
        assertEquals(List.of("closed", "finally"), log);
        assertEquals(State.CLOSED, gen.state());
    }

    @Test
    void should_throw_into_the_body_when_closing_the_stream_fails_at_its_end() {
        Gen<Object> pulled = over(failing(1));
        assertEquals(List.of(1, "after"), pulled.stream().toList());
        Gen<Object> sent = over(failing(1));
        assertEquals(1, sent.send(null));
        assertEquals("after", sent.send(null));
        assertEquals(List.of("caught onClose", "finally", "caught onClose", "finally"), log);
    }

    @Test
    void should_throw_into_the_body_instead_of_the_exit_when_closing_the_stream_fails() {
        Gen<Object> gen = over(failing(1, 2));
        assertEquals(1, gen.next());
        assertEquals("generator ignored GeneratorExit", assertThrows(IllegalStateException.class, gen::close).getMessage());
        assertEquals(List.of("caught onClose", "finally"), log);
        assertEquals(null, stopValue(() -> gen.send(null)));
    }

    @Test
    void should_keep_the_first_failure_when_closing_the_stream_fails_too() {
        Gen<Object> raised = over(failing(1, 2));
        assertEquals(1, raised.next());
        assertEquals("after", raised.raise(new IllegalStateException("raised")));
        Gen<Object> own = over(failing(1).map(x -> {
            throw new IllegalStateException("own");
        }));
        assertEquals("after", own.next());
        assertEquals(List.of("caught raised", "suppressed onClose", "finally", "caught own", "suppressed onClose", "finally"), log);
    }

    @Test
    void should_be_executing_when_the_stream_is_closed() {
        Gen<?>[] self = new Gen<?>[1];
        self[0] = over(Stream.of(1).onClose(() -> {
            log.add(self[0].state());
            log.add(assertThrows(IllegalStateException.class, () -> self[0].next()).getMessage());
        }));
        assertEquals(1, self[0].next());
        assertEquals("after", self[0].next());
        assertEquals(List.of(State.RUNNING, "generator already executing", "finally"), log);
    }
}
