package dev.backstitch.agent;

import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.function.Supplier;

/**
 * Makes the methods accessible that {@link FrameDefiner} calls. It is loaded once more for that, by a loader of its own,
 * and {@code java.lang} is opened to that loader's nameless module only. Public for that loader's sake.
 */
public final class MethodOpener implements Supplier<Method[]> {
    /** Called by reflection. */
    public MethodOpener() {}

    /** {@code ClassLoader.defineClass} and {@code ClassLoader.findLoadedClass}. */
    @Override
    public Method[] get() {
        try {
            Method define = ClassLoader.class.getDeclaredMethod(
                    "defineClass", String.class, byte[].class, int.class, int.class, ProtectionDomain.class);
            Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
            define.setAccessible(true);
            find.setAccessible(true);
            return new Method[] {define, find};
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
