package dev.backstitch.tests.races;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that begin at the same time, but for a delay of a few instructions, chosen by seed. */
final class Racers implements AutoCloseable {
    static final int THREADS = 3;

    /** Longer than it takes on any machine: what takes longer has been lost. */
    private static final int MINUTES = 2;

    private static final int MOST_SPINS = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Random random;
    private volatile int sink;

    Racers(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Runs all of {@code racers}, at most {@link #THREADS}; throws what one of them has thrown. */
    void race(Runnable... racers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(racers.length);
        List<Runnable> order = new ArrayList<>(List.of(racers));
        Collections.shuffle(order, random);
        List<Future<?>> ends = new ArrayList<>();
        for (Runnable racer : order) {
            int spins = random.nextInt(MOST_SPINS);
            ends.add(threads.submit(() -> {
                start.await();
                for (int i = 0; i < spins; i++) {
                    sink = i;
                }
                racer.run();
                return null;
            }));
        }
        for (Future<?> end : ends) {
            get(end);
        }
    }

    /** The result of what must end. */
    static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("lost: " + future, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
