package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.Probe;
import java.util.concurrent.CompletionStage;

/** {@code async with} in the language since Java 9: existing variables and fields as resources, switch expressions, records. */
@Language(17)
public class ModernResourcesTarget {
    interface Named extends AsyncCloseable {
        String name();
    }

    record Res(String name, boolean swallows) implements Named {
        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            log("exit " + name + " " + (failure == null ? "null" : Probe.describe(failure)));
            log(await(later("exited " + name)));
            return Coroutine.of(swallows);
        }
    }

    private final Res field = new Res("field", true);

    @HardCase(value = 37, twin = "existingInWords")
    @Async
    static Coroutine<Object> existing() { // logs("called, exit a Failure(body), exited a, exit field Failure(fielda), exited field, returned after")
        Named a = new Res("a", true);
        var self = new ModernResourcesTarget();
        try (a) {
            await(later(a.name()));
            Probe.fail("body");
        }
        try (self.field) {
            if (t()) {
                Probe.fail(await(later("field")) + a.name());
            }
        }
        return Coroutine.of("after");
    }

    @Async
    static Coroutine<Object> existingInWords() {
        var a = new Res("a", true);
        try {
            await(later(a.name()));
            Probe.fail("body");
        } catch (Throwable t) {
            await(a.exit(t));
        }
        var field = new Res("field", true);
        try {
            Probe.fail(await(later("field")) + a.name());
        } catch (Throwable t) {
            await(field.exit(t));
        }
        return Coroutine.of("after");
    }

    @HardCase(value = {37, 47}, twin = "inSwitchInWords")
    @Async
    static CompletionStage<Object> inSwitch() {
        var s = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            s.append(i).append(switch (i) {
                case 0 -> {
                    try (var a = new Res("a", false)) {
                        yield await(later(a.name()));
                    }
                }
                case 1 -> await(later("none"));
                case 2 -> {
                    String answer = "swallowed";
                    try (var b = new Res("b", true); var c = new Res("c", false)) {
                        answer = await(later(b.name() + c.name()));
                        Probe.fail("body");
                    }
                    yield answer;
                }
                default -> "end";
            });
        }
        return java.util.concurrent.CompletableFuture.completedFuture(s.toString());
    }

    @Async
    static CompletionStage<Object> inSwitchInWords() {
        String s = "0";
        var a = new Res("a", false);
        boolean ended = true;
        try {
            s += await(later("a"));
        } catch (Throwable t) {
            ended = false;
            await(a.exit(t));
            throw t;
        } finally {
            if (ended) {
                await(a.exit(null));
            }
        }
        s += "1" + await(later("none")) + "2";
        var b = new Res("b", true);
        var c = new Res("c", false);
        String answer = "swallowed";
        try {
            try {
                answer = await(later("bc"));
                Probe.fail("body");
            } catch (Throwable t) {
                await(c.exit(t));
                throw t;
            }
        } catch (Throwable t) {
            await(b.exit(t));
        }
        return java.util.concurrent.CompletableFuture.completedFuture(s + answer + "3end");
    }
}
