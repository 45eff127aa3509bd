package dev.backstitch.tests.harness;

import static dev.backstitch.tests.harness.Probe.log;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopAsyncIteration;
import dev.backstitch.StopIteration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * Runs a case by its kind and logs everything that can be seen from outside. The class exists twice at run time: as it is,
 * for rewritten targets, and in a copy whose runtime types are those of the reference, see {@link ReferenceLoader}.
 */
public final class Drivers {
    /** Where an endless body is closed. */
    private static final int MOST_STEPS = 40;

    private Drivers() {}

    /** Calls {@code method} and drives what it returns as {@code script} says. */
    public static void run(Method method, Script script) throws ReflectiveOperationException {
        try {
            Object made = method.invoke(null);
            log("called");
            drive(made, method.getReturnType(), script);
        } catch (InvocationTargetException e) {
            log("call threw " + Probe.describe(e.getCause()));
        }
    }

    private static void drive(Object made, Class<?> type, Script script) {
        if (made instanceof PrimitiveIterator<?, ?> && PrimitiveIterator.class.isAssignableFrom(type)) {
            new GeneratorDriver(script).primitives((PrimitiveIterator<?, ?>) made);
        } else if (type == Iterator.class) {
            new GeneratorDriver(script).iterate((Iterator<?>) made);
        } else if (type == Iterable.class) {
            new GeneratorDriver(script).iterate(((Iterable<?>) made).iterator());
            new GeneratorDriver(script).iterate(((Iterable<?>) made).iterator());
        } else if (made instanceof Gen<?> gen) {
            new GeneratorDriver(script).protocol(gen);
        } else if (made instanceof Coroutine<?> coroutine) {
            new CoroutineDriver(script).drive("", coroutine);
        } else if (made instanceof AsyncGen<?> gen) {
            asyncGenerator(gen, script);
        } else if (made instanceof CompletionStage<?> stage) {
            hot(stage);
        } else {
            log("value " + made);
        }
    }

    /** Pulls, sends, raises into and closes one generator. */
    private record GeneratorDriver(Script script) {
        void protocol(Gen<?> gen) {
            try {
                log("yielded " + gen.send(null));
                for (int i = 0; i < MOST_STEPS; i++) {
                    log("yielded " + step(gen, i));
                }
                gen.close();
                log("closed");
            } catch (StopIteration stop) {
                log("ended with " + stop.value());
            } catch (Throwable t) {
                log("threw " + Probe.describe(t));
            }
            afterwards(gen);
        }

        private Object step(Gen<?> gen, int i) {
            boolean now = i == script.at();
            return switch (script.action()) {
                case SEND -> gen.send("sent" + i);
                case RAISE, RAISE_OPERATION -> now ? gen.raise(new Probe.Failure("raised")) : gen.send(null);
                case CLOSE -> {
                    if (now) {
                        gen.close();
                        log("closed");
                    }
                    yield gen.send(null);
                }
                case RUN -> gen.next();
            };
        }

        private static void afterwards(Gen<?> gen) {
            try {
                gen.close();
                log(gen.state() + " with " + gen.result() + (gen.hasNext() ? " and more" : ""));
            } catch (Throwable t) {
                log("close threw " + Probe.describe(t));
            }
        }

        void iterate(Iterator<?> iterator) {
            try {
                for (int i = 0; i < MOST_STEPS && iterator.hasNext(); i++) {
                    log("next " + iterator.next());
                }
                log("end");
            } catch (Throwable t) {
                log("threw " + Probe.describe(t));
            }
        }

        void primitives(PrimitiveIterator<?, ?> iterator) {
            try {
                for (int i = 0; i < MOST_STEPS && iterator.hasNext(); i++) {
                    log("next " + primitive(iterator, script.at() % 2 == 0));
                }
                log("end");
            } catch (Throwable t) {
                log("threw " + Probe.describe(t));
            }
        }

        private static Object primitive(PrimitiveIterator<?, ?> iterator, boolean unboxed) {
            if (!unboxed) {
                return iterator.next();
            }
            if (iterator instanceof PrimitiveIterator.OfInt ints) {
                return ints.nextInt();
            }
            if (iterator instanceof PrimitiveIterator.OfLong longs) {
                return longs.nextLong();
            }
            return ((PrimitiveIterator.OfDouble) iterator).nextDouble();
        }
    }

    /** Drives one coroutine after the other, counting suspensions over all of them. */
    private static final class CoroutineDriver {
        private final Script script;
        private int suspensions;

        CoroutineDriver(Script script) {
            this.script = script;
        }

        /** To the end; returns null, or the exception it ended with. */
        Throwable drive(String name, Coroutine<?> coroutine) {
            Object answer = null;
            try {
                for (int i = 0; i < 60; i++) {
                    Object request = step(coroutine, answer);
                    log(name + "suspended on " + (request instanceof CompletableFuture && !(request instanceof Probe.Later) ? "a future" : request));
                    answer = answer(request);
                }
                log(name + "still suspended");
                coroutine.close();
                return null;
            } catch (StopIteration stop) {
                log(name + "returned " + stop.value());
                return null;
            } catch (Throwable t) {
                log(name + "threw " + Probe.describe(t));
                return t;
            }
        }

        private Object step(Coroutine<?> coroutine, Object answer) {
            boolean started = coroutine.state() != Gen.State.CREATED;
            if (started && suspensions++ == script.at()) {
                if (script.action() == Script.Action.RAISE) {
                    return coroutine.raise(new Probe.Failure("raised"));
                }
                if (script.action() == Script.Action.CLOSE) {
                    coroutine.close();
                    log("closed");
                    throw new Probe.Failure("no more");
                }
            }
            return coroutine.send(answer);
        }

        private Object answer(Object request) {
            if (request instanceof Probe.Later<?> later) {
                later.arrive();
                return null;
            }
            if (request instanceof CompletionStage<?> stage) {
                arriveUntilDone(stage.toCompletableFuture());
                return null;
            }
            return "ping".equals(request) ? null : "answer to " + request;
        }
    }

    private static void asyncGenerator(AsyncGen<?> gen, Script script) {
        CoroutineDriver driver = new CoroutineDriver(script);
        Throwable failure = null;
        for (int i = 0; i < MOST_STEPS && failure == null; i++) {
            boolean now = i == script.at() + 1;
            if (now && script.action() == Script.Action.RAISE_OPERATION) {
                failure = driver.drive("raise ", gen.raise(new Probe.Failure("raised")));
            } else if (now && script.action() == Script.Action.CLOSE && script.at() % 2 == 0) {
                failure = driver.drive("close ", gen.close());
            } else if (script.action() == Script.Action.SEND && i > 0) {
                failure = driver.drive("send ", gen.send("sent" + i));
            } else {
                failure = driver.drive("next ", gen.next());
            }
        }
        if (!(failure instanceof StopAsyncIteration)) {
            driver.drive("close ", gen.close());
        }
        log("state " + gen.state());
    }

    private static void hot(CompletionStage<?> stage) {
        var future = stage.toCompletableFuture();
        arriveUntilDone(future);
        if (!future.isDone()) {
            return;
        }
        try {
            log("returned " + future.get());
        } catch (ExecutionException e) {
            log("threw " + Probe.describe(e.getCause()));
        } catch (Exception e) {
            log("threw " + Probe.describe(e));
        }
    }

    private static void arriveUntilDone(CompletableFuture<?> future) {
        while (!future.isDone()) {
            Probe.Later<?> oldest = Probe.oldestPending();
            if (oldest == null) {
                log("waits for ever");
                return;
            }
            log("suspended on " + oldest);
            oldest.arrive();
        }
    }
}
