package dev.backstitch.benchmarks.peers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;

/** A generator made of two virtual threads that hand each element over. JDK 21 and later. */
public final class Threads {
    private static final MethodHandle START = start();

    private Threads() {}

    private static MethodHandle start() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new LinkageError("Thread.startVirtualThread", e);
        }
    }

    /** Whether this JDK has virtual threads. */
    public static boolean areVirtual() {
        return START != null;
    }

    /** Starts a virtual thread. */
    public static Thread startVirtual(Runnable body) {
        try {
            return (Thread) START.invokeExact(body);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** Sums {@code 0..n-1}, made by one virtual thread and taken by another. */
    public static long sumOfRange(long n) {
        var exchange = new Exchange();
        var consumer = startVirtual(() -> exchange.consume(n));
        startVirtual(() -> exchange.produce(n));
        try {
            consumer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return exchange.sum;
    }

    /** One slot, full or empty; each side parks until the other has turned it. */
    private static final class Exchange {
        // Each side names itself before it looks at the slot for the first time, so that no turn is missed.
        private volatile Thread consumer;
        private volatile Thread producer;
        private volatile boolean full;
        private long value;
        private long sum;

        void produce(long n) {
            producer = Thread.currentThread();
            for (long i = 0; i < n; i++) {
                while (full) {
                    LockSupport.park(this);
                }
                value = i;
                full = true;
                LockSupport.unpark(consumer);
            }
        }

        void consume(long n) {
            consumer = Thread.currentThread();
            for (long i = 0; i < n; i++) {
                while (!full) {
                    LockSupport.park(this);
                }
                sum += value;
                full = false;
                LockSupport.unpark(producer);
            }
        }
    }
}
