package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.TimeoutError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One program of tasks, gatherings, cancellations and limits: its events come in the order they have in CPython 3.13. */
class SameEventsTest {
    private static final Duration NOTHING = Duration.ZERO;

    /** As recorded from the same program run by CPython 3.13.0. */
    private static final String RECORDED = "spawned, a0, b0, c0, d0, a1, b1, c1, d end, a2, b end, c2, a3, c3, a4, "
            + "gathered [b, d], c cancelled, c end, a end, c gone, e0, f0, e end, f1, f2, e failed, f end, g0, g1, "
            + "no time, g2, g3, g end, g, h0, h cancelled, h end, late, a";

    private final List<String> log = new ArrayList<>();

    /** {@code for i in range(n): log(name, i); await sleep(0)}, then fails or returns its name. */
    private Coroutine<String> child(String name, int n, RuntimeException failure) {
        return Body.<String>steps(x -> turns(name, 0, n), x -> {
                    log.add(name + " end");
                    if (failure != null) {
                        throw failure;
                    }
                    return name;
                })
                .catching(t -> {
                    log.add(name + " cancelled");
                    log.add(name + " end");
                    throw t;
                });
    }

    private Coroutine<Object> turns(String name, int i, int n) {
        if (i == n) {
            return Body.returning(() -> null);
        }
        return Body.steps(
                x -> {
                    log.add(name + i);
                    return Tasks.sleep(NOTHING);
                },
                x -> turns(name, i + 1, n),
                x -> null);
    }

    /** Awaits {@code target}; logs {@code text} when that ends with a {@code failure}. */
    private Coroutine<Object> expecting(Object target, Class<? extends Throwable> failure, String text) {
        return Body.<Object>awaiting(target).catching(t -> {
            if (!failure.isInstance(t)) {
                throw t;
            }
            return log.add(text);
        });
    }

    @Test
    void should_give_the_events_of_cpython_in_their_order() {
        try (var loops = new Loops()) {
            List<Task<String>> tasks = new ArrayList<>();
            loops.run(Body.steps(
                    x -> {
                        for (String name : List.of("a5", "b2", "c9")) {
                            tasks.add(Tasks.spawn(child(name.substring(0, 1), name.charAt(1) - '0', null)));
                        }
                        log.add("spawned");
                        return Tasks.<String>gather(tasks.get(1), child("d", 1, null));
                    },
                    x -> {
                        log.add("gathered " + x);
                        tasks.get(2).cancel();
                        return expecting(tasks.get(2), CancelledError.class, "c gone");
                    },
                    x -> expecting(
                            Tasks.gather(child("e", 1, new IllegalArgumentException()), child("f", 3, null)),
                            IllegalArgumentException.class,
                            "e failed"),
                    x -> {
                        tasks.add(Tasks.spawn(child("g", 4, null)));
                        return expecting(
                                Tasks.waitFor(Tasks.shield(tasks.get(3)), NOTHING), TimeoutError.class, "no time");
                    },
                    x -> tasks.get(3),
                    x -> {
                        log.add((String) x);
                        return expecting(
                                Tasks.timeout(NOTHING, () -> child("h", 3, null)), TimeoutError.class, "late");
                    },
                    x -> tasks.get(0),
                    x -> log.add((String) x)));
            assertEquals(RECORDED, String.join(", ", log));
        }
    }
}
