package dev.backstitch.loop;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C (SIGINT) as a call. {@code sun.misc.Signal} is the JDK's only way to it: in the module {@code jdk.unsupported},
 * which need not be there, and which the compiler warns of; hence reflection.
 */
final class CtrlC {
    /** What the launcher calls the thread of {@code main} and its group; its number differs from JDK to JDK. */
    private static final String MAIN = "main";

    private final Object before;

    private CtrlC(Object before) {
        this.before = before;
    }

    /**
     * Has {@code action} called, on a thread of the JVM's, for each Ctrl-C.
     *
     * @return null where that is not ours to handle: off the main thread, when the program handles it itself, when the
     *     JVM was told to leave signals alone ({@code -Xrs}), or when it cannot be handled
     */
    static CtrlC handle(Runnable action) {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        if (!thread.getName().equals(MAIN) || group == null || !group.getName().equals(MAIN)) {
            return null;
        }
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "Ctrl-C cancels";
            };
            Object before = set(Proxy.newProxyInstance(CtrlC.class.getClassLoader(), new Class<?>[] {type}, calls));
            if (before.getClass().getName().equals("sun.misc.Signal$SunMiscHandler")) {
                return new CtrlC(before); // the JVM's own handler
            }
            set(before);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Then Ctrl-C does what it does without us.
        }
        return null;
    }

    /** Gives Ctrl-C back to the JVM. */
    void restore() {
        try {
            set(before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object set(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    }
}
