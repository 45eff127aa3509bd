package dev.backstitch.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads, where the JVM has them; found by name, since this is compiled for a Java without. */
final class VirtualThreads {
    private static final Executor EXECUTOR = find();

    private VirtualThreads() {}

    /** A new virtual thread for each piece of work. */
    static Executor executor() {
        if (EXECUTOR == null) {
            throw new UnsupportedOperationException(
                    "virtual threads need Java 21 or later; this is " + Runtime.version().feature());
        }
        return EXECUTOR;
    }

    private static Executor find() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke();
        } catch (Throwable absent) { // Java 19 and 20 have the method, but refuse the call
            return null;
        }
    }
}
