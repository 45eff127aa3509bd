package dev.backstitch.tests.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code this} of an instance method is let go as soon as the method has no further use for it, and when it has ended. */
class ReceiverTest {
    private static final int MOST_COLLECTIONS = 50;

    /** Something that needs itself until right before its last wait. */
    private static class Service {
        private int calls;

        private void count() {
            calls++;
        }

        @Async
        Coroutine<String> answer() {
            count();
            return answerOfOthers();
        }

        @Async
        Coroutine<String> secondAnswer() {
            Coroutine.suspend("first");
            count();
            return answerOfOthers();
        }

        @Async
        CompletableFuture<String> hotAnswer(CompletableFuture<String> first, CompletableFuture<String> second) {
            Coroutine.await(first);
            count();
            return second;
        }

        @Async
        Coroutine<Integer> counted() {
            Coroutine.suspend("request");
            count();
            return Coroutine.of(1);
        }

        @Async
        Coroutine<Integer> countedAtOnce() {
            count();
            return Coroutine.of(calls);
        }

        @Async
        Coroutine<Integer> failing() {
            count();
            throw new IllegalStateException("failed");
        }

        @Generator
        Gen<Integer> numbers() {
            Gen.yield(1);
            count();
            return Gen.end();
        }

        @Async
        @Generator
        AsyncGen<Integer> asyncNumbers() {
            Gen.yield(1);
            count();
            return AsyncGen.end();
        }
    }

    /** Its coroutines are awaited where they were made, and in somebody's hands all the same. */
    private static final class Keeping extends Service {
        private final List<Coroutine<?>> kept;

        Keeping(List<Coroutine<?>> kept) {
            this.kept = kept;
        }

        private <T> Coroutine<T> keep(Coroutine<T> coroutine) {
            kept.add(coroutine);
            return coroutine;
        }

        @Override
        Coroutine<String> answer() {
            return keep(super.answer());
        }

        @Override
        Coroutine<Integer> counted() {
            return keep(super.counted());
        }

        @Override
        Coroutine<Integer> countedAtOnce() {
            return keep(super.countedAtOnce());
        }

        @Override
        Coroutine<Integer> failing() {
            return keep(super.failing());
        }
    }

    @Async
    static Coroutine<Object> awaits(String method, Service service) {
        return Coroutine.of(switch (method) {
            case "answer" -> Coroutine.await(service.answer());
            case "counted" -> Coroutine.await(service.counted());
            case "countedAtOnce" -> Coroutine.await(service.countedAtOnce());
            default -> Coroutine.await(service.failing());
        });
    }

    @Async
    static Coroutine<String> answerOfOthers() {
        return Coroutine.of((String) Coroutine.suspend("request"));
    }

    @Test
    void should_let_this_go_when_a_coroutine_waits_for_what_it_returns() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        Coroutine<String> answer = service.answer();
        service = null;
        assertEquals("request", answer.send(null));
        assertCollected(gone);
        assertEquals("42", assertThrows(StopIteration.class, () -> answer.send("42")).value());
    }

    @Test
    void should_let_this_go_when_a_coroutine_has_waited_before_it_waits_for_what_it_returns() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        Coroutine<String> answer = service.secondAnswer();
        service = null;
        assertEquals("first", answer.send(null));
        assertEquals("request", answer.send(null));
        assertCollected(gone);
        assertEquals("42", assertThrows(StopIteration.class, () -> answer.send("42")).value());
    }

    @Test
    void should_raise_into_what_it_waits_for_when_this_is_gone() {
        Coroutine<String> answer = new Service().answer();
        answer.send(null);
        var raised = new IllegalStateException("raised");
        assertEquals(raised, assertThrows(IllegalStateException.class, () -> answer.raise(raised)));
    }

    @Test
    void should_let_this_go_when_a_hot_coroutine_waits_for_what_it_returns() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        var first = new CompletableFuture<String>();
        var second = new CompletableFuture<String>();
        CompletableFuture<String> answer = service.hotAnswer(first, second);
        service = null;
        first.complete("ready");
        assertCollected(gone);
        second.complete("42");
        assertEquals("42", answer.join());
    }

    @Test
    void should_let_this_go_when_a_coroutine_has_ended() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        Coroutine<Integer> counted = service.counted();
        service = null;
        counted.send(null);
        assertThrows(StopIteration.class, () -> counted.send(null));
        assertCollected(gone);
        Reference.reachabilityFence(counted);
    }

    @Test
    void should_let_this_go_when_a_generator_has_ended() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        Gen<Integer> numbers = service.numbers();
        service = null;
        assertEquals(1, numbers.next());
        assertThrows(StopIteration.class, () -> numbers.send(null));
        assertCollected(gone);
        Reference.reachabilityFence(numbers);
    }

    @Test
    void should_let_this_go_when_an_asynchronous_generator_has_ended() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        AsyncGen<Integer> numbers = service.asyncNumbers();
        service = null;
        assertEquals(1, assertThrows(StopIteration.class, () -> numbers.next().send(null)).value());
        assertThrows(StopAsyncIteration.class, () -> numbers.next().send(null));
        assertCollected(gone);
        Reference.reachabilityFence(numbers);
    }

    @Test
    void should_let_this_go_when_a_coroutine_is_closed_before_it_has_started() {
        var service = new Service();
        var gone = new WeakReference<>(service);
        Coroutine<Integer> counted = service.counted();
        service = null;
        counted.close();
        assertCollected(gone);
        Reference.reachabilityFence(counted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer", "counted", "countedAtOnce", "failing"})
    void should_let_this_go_when_a_coroutine_that_was_awaited_where_it_was_made_is_kept(String method) {
        List<Coroutine<?>> kept = new ArrayList<>();
        Service service = new Keeping(kept);
        var gone = new WeakReference<>(service);
        Coroutine<Object> awaiting = awaits(method, service);
        service = null;
        var ended = false;
        for (int i = 0; i < 2 && !ended; i++) {
            try {
                awaiting.send(null);
            } catch (StopIteration | IllegalStateException end) {
                ended = true;
            }
            if (ended || method.equals("answer")) {
                assertCollected(gone);
            }
        }
        assertTrue(ended);
        assertEquals(1, kept.size());
        assertEquals(Gen.State.CLOSED, kept.get(0).state());
    }

    private static void assertCollected(WeakReference<?> reference) {
        for (int i = 0; i < MOST_COLLECTIONS && !reference.refersTo(null); i++) {
            System.gc();
        }
        assertTrue(reference.refersTo(null), "still reachable");
    }
}
