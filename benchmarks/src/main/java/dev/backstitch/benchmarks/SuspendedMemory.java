package dev.backstitch.benchmarks;

import dev.backstitch.Driver;
import dev.backstitch.Signal;
import dev.backstitch.benchmarks.peers.Coroutines;
import dev.backstitch.benchmarks.peers.KotlinWaiters;
import dev.backstitch.benchmarks.peers.Threads;
import dev.backstitch.loop.EventLoop;
import java.lang.ref.Reference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints the bytes of heap that each of a million suspended coroutines takes, with whatever keeps it from being collected
 * except the one reference to it.
 */
public final class SuspendedMemory {
    static final int COUNT = 1_000_000;
    private static final int REFERENCE = 4;
    private static final int TURN = 1_000;

    private SuspendedMemory() {}

    /** @param args the kind of coroutine */
    public static void main(String[] args) throws Throwable {
        System.out.println(bytesEach(args[0], COUNT));
        System.exit(0); // virtual threads are left parked
    }

    static double bytesEach(String kind, int count) throws Throwable {
        suspended(kind, 100); // what is made once, for classes and the like, is not counted
        long before = used();
        Object kept = suspended(kind, count);
        long after = used();
        Reference.reachabilityFence(kept);
        return (after - before - (long) REFERENCE * count) / (double) count;
    }

    /** An array of {@code count} references to them, or to what holds them. */
    static Object suspended(String kind, int count) throws Throwable {
        return switch (kind) {
            case "backstitch" -> backstitch(count);
            case "backstitchSleeping" -> backstitchSleeping(count);
            case "kotlinLaunchDelay" -> KotlinWaiters.launchDelay(count);
            case "kotlinBare" -> KotlinWaiters.bare(count);
            case "kotlinLaunchAwait" -> KotlinWaiters.launchAwait(count);
            case "kotlinLaunchSuspend" -> KotlinWaiters.launchSuspend(count);
            case "virtualThreads" -> virtualThreads(count);
            case "virtualThreadsSleeping" -> virtualThreadsSleeping(count);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Object backstitch(int count) throws Throwable {
        var gate = new CompletableFuture<Long>();
        var kept = new Object[count];
        for (int i = 0; i < count; i++) {
            var waiter = Coroutines.waiter(gate, i);
            if (Driver.resume(waiter, null) != Signal.SUSPENDED) {
                throw new AssertionError("it did not wait");
            }
            kept[i] = waiter;
        }
        return kept;
    }

    private static Object backstitchSleeping(int count) {
        var loop = new EventLoop();
        var kept = new Object[count];
        for (int i = 0; i < count; i++) {
            kept[i] = loop.spawn(Coroutines.sleeper(i));
            if (i % TURN == TURN - 1 || i == count - 1) {
                loop.callSoon(loop::stop);
                loop.runForever(); // one turn, in which the new ones go to sleep
            }
        }
        return kept;
    }

    private static Object virtualThreads(int count) throws InterruptedException {
        var gate = new CompletableFuture<Long>();
        var started = new CountDownLatch(count);
        var kept = new Object[count];
        for (int i = 0; i < count; i++) {
            int add = i;
            kept[i] = Threads.startVirtual(() -> {
                started.countDown();
                while (!gate.isDone()) {
                    LockSupport.park();
                }
                if (gate.join() + add < 0) {
                    throw new AssertionError();
                }
            });
        }
        started.await();
        return kept;
    }

    private static Object virtualThreadsSleeping(int count) throws InterruptedException {
        var started = new CountDownLatch(count);
        var kept = new Object[count];
        for (int i = 0; i < count; i++) {
            int result = i;
            kept[i] = Threads.startVirtual(() -> {
                started.countDown();
                try {
                    Thread.sleep(Coroutines.HOUR.toMillis());
                } catch (InterruptedException e) {
                    throw new AssertionError(result);
                }
            });
        }
        started.await();
        return kept;
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
