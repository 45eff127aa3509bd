package dev.backstitch.benchmarks;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.EventLoop;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Runs what is measured on an event loop, which is made once, as Kotlin keeps that of a thread. */
@State(Scope.Thread)
public abstract class OnLoop {
    private final EventLoop loop = new EventLoop();

    Object run(Coroutine<?> main) {
        return loop.runUntilComplete(main);
    }
}
