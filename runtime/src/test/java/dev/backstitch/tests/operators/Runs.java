package dev.backstitch.tests.operators;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;

/** Drives coroutines by hand, turn by turn, and notes what happens in them. */
final class Runs {
    private final List<Object> log = new ArrayList<>();

    /** Notes {@code event}. */
    <T> T log(T event) {
        log.add(event);
        return event;
    }

    List<Object> log() {
        return log;
    }

    /** Runs {@code coroutine} to its end; every request it makes is a turn, which is noted. */
    <T> T run(Coroutine<T> coroutine) {
        try {
            for (;;) {
                log("turn " + coroutine.send(null));
            }
        } catch (StopIteration stop) {
            @SuppressWarnings("unchecked")
            T result = (T) stop.value();
            return result;
        }
    }

    /** Lets a turn pass, notes {@code event} and gives {@code value}. */
    @Async
    <T> Coroutine<T> later(Object event, T value) {
        Coroutine.suspend(event);
        log(event);
        return Coroutine.of(value);
    }

    /** Notes {@code event} and gives {@code value} at once. */
    @Async
    <T> Coroutine<T> now(Object event, T value) {
        log(event);
        return Coroutine.of(value);
    }

    /** Yields 0 to {@code to - 1}, with a turn before each, and notes its end. */
    @Async
    @Generator
    AsyncGen<Integer> ticker(String name, int to) {
        try {
            for (int i = 0; i < to; i++) {
                Coroutine.suspend(name + i);
                Gen.yield(i);
            }
            log(name + " exhausted");
        } finally {
            Coroutine.suspend(name + " closing");
            log(name + " closed");
        }
        return AsyncGen.end();
    }
}
