package dev.backstitch.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Defines frame classes in the loader of the class they belong to, while that class is being transformed. Nothing public
 * does this before the first class of a package is loaded, so the two methods of {@link ClassLoader} that do are called
 * by reflection. {@code java.lang} is opened for that, to the nameless module of a loader that holds
 * {@link MethodOpener} and nothing else: to no module of the application. Thread-safe.
 */
final class FrameDefiner {
    private final Method defineClass;
    private final Method findLoadedClass;

    private FrameDefiner(Method[] methods) {
        defineClass = methods[0];
        findLoadedClass = methods[1];
    }

    /** A definer that works without any option on the JVM's command line. */
    static FrameDefiner with(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        OpenerLoader loader = new OpenerLoader();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(loader.getUnnamedModule())),
                Set.of(),
                Map.of());
        Object opener = loader.defineOpener().getDeclaredConstructor().newInstance();
        return new FrameDefiner((Method[]) ((Supplier<?>) opener).get());
    }

    /**
     * Defines a class, unless {@code loader} has one of this name: two threads may load, and so transform, the same
     * class at once, and the frames of both are the same.
     *
     * @param name the binary name, with dots
     * @param domain as the JVM gave it; may be null
     * @throws LinkageError if the JVM does not accept the class, for instance because its superclass is not found
     */
    void define(ClassLoader loader, String name, byte[] classFile, ProtectionDomain domain) {
        if (isDefined(loader, name)) {
            return;
        }
        try {
            defineClass.invoke(loader, name, classFile, 0, classFile.length, domain);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof LinkageError error)) {
                throw new IllegalStateException(e.getCause());
            }
            if (!isDefined(loader, name)) {
                throw error;
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isDefined(ClassLoader loader, String name) {
        try {
            return findLoadedClass.invoke(loader, name) != null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A loader whose nameless module holds {@link MethodOpener}. */
    private static final class OpenerLoader extends ClassLoader {
        OpenerLoader() {
            super(null);
        }

        Class<?> defineOpener() throws IOException {
            try (InputStream in = MethodOpener.class.getResourceAsStream("MethodOpener.class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(MethodOpener.class.getName(), classFile, 0, classFile.length);
            }
        }
    }
}
