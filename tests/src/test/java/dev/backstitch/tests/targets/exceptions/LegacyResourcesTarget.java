package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe;
import dev.backstitch.tests.harness.Probe.Failure;

/**
 * try-with-resources as older compilers translate it, written out: javac 8 with a variable for the exception, which each
 * way out tests; javac 9 and 10 with a method that all closes share.
 */
public class LegacyResourcesTarget {
    /** What is handed to {@code exit} answers {@code answer}; null fails. */
    static final class Res implements AsyncCloseable {
        private final String name;
        private final Boolean answer;

        Res(String name, Boolean answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        @Async
        public Coroutine<Boolean> exit(Throwable failure) {
            log("exit " + name + " " + (failure == null ? "null" : Probe.describe(failure)));
            log(await(later("exited " + name)));
            if (answer == null) {
                throw new Failure("exit of " + name);
            }
            return Coroutine.of(answer);
        }
    }

    static final class Plain implements AutoCloseable {
        @Override
        public void close() {
            throw new Failure("plain");
        }
    }

    /** What javac 9 adds to a class. */
    private static void $closeResource(Throwable failure, AutoCloseable resource) throws Exception {
        if (failure != null) {
            try {
                resource.close();
            } catch (Throwable t) {
                failure.addSuppressed(t);
            }
        } else {
            resource.close();
        }
    }

    @Async
    static Coroutine<Object> javac8(Boolean answer, int way) {
        String s = "";
        for (int i = 0; i < 2; i++) {
            Res a = new Res("a" + i, answer);
            Throwable primary = null;
            try {
                s += await(later("body"));
                if (way == 1) {
                    continue;
                }
                if (way == 2) {
                    return Coroutine.of(s + await(later("returned")));
                }
                if (way == 3) {
                    Probe.fail("failed");
                }
                s += "end";
            } catch (Throwable t) {
                primary = t;
                throw t;
            } finally {
                if (a != null) {
                    if (primary != null) {
                        try {
                            a.close();
                        } catch (Throwable x) {
                            primary.addSuppressed(x);
                        }
                    } else {
                        a.close();
                    }
                }
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> javac9(Boolean answer, int way) throws Exception {
        String s = "";
        for (int i = 0; i < 2; i++) {
            Res a = new Res("a" + i, answer);
            Throwable primary = null;
            try {
                Plain plain = new Plain();
                Throwable inner = null;
                try {
                    s += await(later("body"));
                    if (way == 1) {
                        continue;
                    }
                    if (way == 2) {
                        return Coroutine.of(s + await(later("returned")));
                    }
                    if (way == 3) {
                        Probe.fail("failed");
                    }
                } catch (Throwable t) {
                    inner = t;
                    throw t;
                } finally {
                    $closeResource(inner, plain);
                }
                s += "end";
            } catch (Throwable t) {
                primary = t;
                throw t;
            } finally {
                if (a != null) {
                    $closeResource(primary, a);
                }
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> javac8InWords(Boolean answer, int way) {
        String s = "";
        for (int i = 0; i < 2; i++) {
            Res a = new Res("a" + i, answer);
            boolean ended = true;
            try {
                s += await(later("body"));
                if (way == 1) {
                    continue;
                }
                if (way == 2) {
                    return Coroutine.of(s + await(later("returned")));
                }
                if (way == 3) {
                    Probe.fail("failed");
                }
                s += "end";
            } catch (Throwable t) {
                ended = false;
                if (!await(a.exit(t))) {
                    throw t;
                }
            } finally {
                if (ended) {
                    await(a.exit(null));
                }
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> javac9InWords(Boolean answer, int way) throws Exception {
        String s = "";
        for (int i = 0; i < 2; i++) {
            Res a = new Res("a" + i, answer);
            boolean ended = true;
            try {
                try (Plain plain = new Plain()) {
                    s += await(later("body"));
                    if (way == 1) {
                        continue;
                    }
                    if (way == 2) {
                        return Coroutine.of(s + await(later("returned")));
                    }
                    if (way == 3) {
                        Probe.fail("failed");
                    }
                }
                s += "end";
            } catch (Throwable t) {
                ended = false;
                if (!await(a.exit(t))) {
                    throw t;
                }
            } finally {
                if (ended) {
                    await(a.exit(null));
                }
            }
            s += i;
        }
        return Coroutine.of(s);
    }

    @HardCase(value = 37, twin = "javac8EndsPassesInWords")
    static Coroutine<Object> javac8EndsPasses() {
        return javac8(false, 0);
    }

    static Coroutine<Object> javac8EndsPassesInWords() {
        return javac8InWords(false, 0);
    }

    @HardCase(value = 37, twin = "javac8EndsRaisesInWords")
    static Coroutine<Object> javac8EndsRaises() {
        return javac8(null, 0);
    }

    static Coroutine<Object> javac8EndsRaisesInWords() {
        return javac8InWords(null, 0);
    }

    @HardCase(value = 37, twin = "javac8ContinuesPassesInWords")
    static Coroutine<Object> javac8ContinuesPasses() {
        return javac8(false, 1);
    }

    static Coroutine<Object> javac8ContinuesPassesInWords() {
        return javac8InWords(false, 1);
    }

    @HardCase(value = 37, twin = "javac8ContinuesRaisesInWords")
    static Coroutine<Object> javac8ContinuesRaises() {
        return javac8(null, 1);
    }

    static Coroutine<Object> javac8ContinuesRaisesInWords() {
        return javac8InWords(null, 1);
    }

    @HardCase(value = 37, twin = "javac8ReturnsPassesInWords")
    static Coroutine<Object> javac8ReturnsPasses() {
        return javac8(false, 2);
    }

    static Coroutine<Object> javac8ReturnsPassesInWords() {
        return javac8InWords(false, 2);
    }

    @HardCase(value = 37, twin = "javac8ReturnsRaisesInWords")
    static Coroutine<Object> javac8ReturnsRaises() {
        return javac8(null, 2);
    }

    static Coroutine<Object> javac8ReturnsRaisesInWords() {
        return javac8InWords(null, 2);
    }

    @HardCase(value = 37, twin = "javac8FailsSwallowsInWords")
    static Coroutine<Object> javac8FailsSwallows() {
        return javac8(true, 3);
    }

    static Coroutine<Object> javac8FailsSwallowsInWords() {
        return javac8InWords(true, 3);
    }

    @HardCase(value = 37, twin = "javac8FailsPassesInWords")
    static Coroutine<Object> javac8FailsPasses() {
        return javac8(false, 3);
    }

    static Coroutine<Object> javac8FailsPassesInWords() {
        return javac8InWords(false, 3);
    }

    @HardCase(value = 37, twin = "javac8FailsRaisesInWords")
    static Coroutine<Object> javac8FailsRaises() {
        return javac8(null, 3);
    }

    static Coroutine<Object> javac8FailsRaisesInWords() {
        return javac8InWords(null, 3);
    }

    @HardCase(value = 37, twin = "javac9EndsPassesInWords")
    static Coroutine<Object> javac9EndsPasses() throws Exception {
        return javac9(false, 0);
    }

    static Coroutine<Object> javac9EndsPassesInWords() throws Exception {
        return javac9InWords(false, 0);
    }

    @HardCase(value = 37, twin = "javac9EndsRaisesInWords")
    static Coroutine<Object> javac9EndsRaises() throws Exception {
        return javac9(null, 0);
    }

    static Coroutine<Object> javac9EndsRaisesInWords() throws Exception {
        return javac9InWords(null, 0);
    }

    @HardCase(value = 37, twin = "javac9ContinuesPassesInWords")
    static Coroutine<Object> javac9ContinuesPasses() throws Exception {
        return javac9(false, 1);
    }

    static Coroutine<Object> javac9ContinuesPassesInWords() throws Exception {
        return javac9InWords(false, 1);
    }

    @HardCase(value = 37, twin = "javac9ContinuesRaisesInWords")
    static Coroutine<Object> javac9ContinuesRaises() throws Exception {
        return javac9(null, 1);
    }

    static Coroutine<Object> javac9ContinuesRaisesInWords() throws Exception {
        return javac9InWords(null, 1);
    }

    @HardCase(value = 37, twin = "javac9ReturnsPassesInWords")
    static Coroutine<Object> javac9ReturnsPasses() throws Exception {
        return javac9(false, 2);
    }

    static Coroutine<Object> javac9ReturnsPassesInWords() throws Exception {
        return javac9InWords(false, 2);
    }

    @HardCase(value = 37, twin = "javac9ReturnsRaisesInWords")
    static Coroutine<Object> javac9ReturnsRaises() throws Exception {
        return javac9(null, 2);
    }

    static Coroutine<Object> javac9ReturnsRaisesInWords() throws Exception {
        return javac9InWords(null, 2);
    }

    @HardCase(value = 37, twin = "javac9FailsSwallowsInWords")
    static Coroutine<Object> javac9FailsSwallows() throws Exception {
        return javac9(true, 3);
    }

    static Coroutine<Object> javac9FailsSwallowsInWords() throws Exception {
        return javac9InWords(true, 3);
    }

    @HardCase(value = 37, twin = "javac9FailsPassesInWords")
    static Coroutine<Object> javac9FailsPasses() throws Exception {
        return javac9(false, 3);
    }

    static Coroutine<Object> javac9FailsPassesInWords() throws Exception {
        return javac9InWords(false, 3);
    }

    @HardCase(value = 37, twin = "javac9FailsRaisesInWords")
    static Coroutine<Object> javac9FailsRaises() throws Exception {
        return javac9(null, 3);
    }

    static Coroutine<Object> javac9FailsRaisesInWords() throws Exception {
        return javac9InWords(null, 3);
    }
}
