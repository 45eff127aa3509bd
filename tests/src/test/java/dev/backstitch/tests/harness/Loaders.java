package dev.backstitch.tests.harness;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.tests.harness.reference.Kinds;
import java.util.Map;

/** The two ways to load classes that suspend. */
public final class Loaders {
    private Loaders() {}

    /**
     * Rewritten.
     *
     * @param classFiles by internal name; none of them is refused
     */
    public static ClassLoader rewritten(Map<String, byte[]> classFiles) {
        WeavingLoader loader = WeavingLoader.of(classFiles);
        loader.results().forEach((name, result) -> {
            if (result.outcome() == WeaveResult.Outcome.REFUSED) {
                throw new AssertionError(name + " was refused: " + result.diagnostics());
            }
        });
        return loader;
    }

    /** As they are, with the runtime's types replaced by their twins on threads. */
    public static ClassLoader onThreads(Map<String, byte[]> classFiles) {
        return ReferenceLoader.of(classFiles);
    }

    /** Ends what classes of {@link #onThreads} have left suspended: each such body holds a thread. */
    public static void endThreads() {
        Kinds.endAll();
    }

    /** The class files of {@code outer} and its inner classes as the build compiled them, by internal name. */
    public static Map<String, byte[]> classFilesOf(Class<?> outer) {
        return ClassFiles.ofClassPath(outer);
    }
}
