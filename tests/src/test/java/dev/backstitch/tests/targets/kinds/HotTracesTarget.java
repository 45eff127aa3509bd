package dev.backstitch.tests.targets.kinds;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Hot coroutines that call themselves and fail. Driven by {@link HotTracesTest}. */
public class HotTracesTarget {
    private HotTracesTarget() {}

    private static List<String> caught = new ArrayList<>();

    static int plain(int n) {
        if (n > 0) {
            return plain(n - 1);
        }
        throw new IllegalStateException();
    }

    @Async
    static CompletableFuture<Integer> failsAtOnce(int n) {
        if (n > 0) {
            return CompletableFuture.completedFuture(await(failsAtOnce(n - 1)));
        }
        return CompletableFuture.completedFuture(plain(2));
    }

    @Async
    static CompletableFuture<Integer> catches(int n) {
        try {
            return CompletableFuture.completedFuture(n > 0 ? await(catches(n - 1)) : plain(2));
        } catch (IllegalStateException e) {
            caught.add(methods(e));
            throw e;
        }
    }

    @Generator
    static Iterator<Integer> generator(int n) {
        if (n > 0) {
            Gen.yield(pulls(n - 1).join());
        }
        Gen.yield(plain(2));
        return null;
    }

    @Async
    static CompletableFuture<Integer> pulls(int n) {
        for (Iterator<Integer> values = generator(n); values.hasNext(); ) {
            values.next();
        }
        return null;
    }

    @Async
    static Coroutine<Integer> over(int which) {
        Coroutine.suspend("first");
        return Coroutine.of(await(switch (which) {
            case 0 -> failsAtOnce(2);
            case 1 -> catches(2);
            case 2 -> inOne(2);
            default -> pulls(0);
        }));
    }

    /** Cold inside hot inside cold. */
    @Async
    static CompletableFuture<Integer> inOne(int n) {
        return CompletableFuture.completedFuture(await(cold(n)));
    }

    @Async
    static Coroutine<Integer> cold(int n) {
        return Coroutine.of(n > 0 ? await(inOne(n - 1)) : plain(2));
    }

    private static String methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .takeWhile(element -> element.getClassName().endsWith("HotTracesTarget"))
                .map(StackTraceElement::getMethodName)
                .collect(Collectors.joining(", "));
    }

    /** The names of the methods in the trace of what {@link #over} fails with, last; before that, as those show it that catch it. */
    public static List<String> traces(int which) {
        caught.clear();
        Coroutine<Integer> coroutine = over(which);
        try {
            coroutine.send(null);
            coroutine.send(null);
            throw new AssertionError();
        } catch (IllegalStateException e) {
            caught.add(methods(e));
            return caught;
        } catch (StopIteration end) {
            throw new AssertionError(end);
        }
    }
}
