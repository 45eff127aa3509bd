package dev.backstitch.tests.storms;

import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Defines the classes it was given itself, rewritten for a storm or as they are. */
final class StormLoader extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<String, StormResult> results = new LinkedHashMap<>();

    private StormLoader(ClassLoader parent) {
        super(parent);
    }

    /** @param originals class files by internal name */
    static StormLoader asTheyAre(Map<String, byte[]> originals, ClassLoader parent) {
        StormLoader loader = new StormLoader(parent);
        loader.classes.putAll(originals);
        return loader;
    }

    /** As {@link #asTheyAre}, rewritten; a class that is refused is as it was. */
    static StormLoader rewritten(Map<String, byte[]> originals, ClassLoader parent) {
        return rewritten(originals, originals, parent);
    }

    /** As {@link #rewritten(Map, ClassLoader)}, but some of {@code all} are as they are. */
    static StormLoader rewritten(Map<String, byte[]> originals, Map<String, byte[]> all, ClassLoader parent) {
        StormLoader loader = asTheyAre(all, parent);
        Weaver weaver = new Weaver();
        ClassSource own = all::get;
        TypeHierarchy hierarchy = TypeHierarchy.of(own.or(ClassSource.ofLoader(parent)));
        originals.forEach((name, bytes) -> {
            StormResult result = weaver.storm(bytes, hierarchy);
            loader.results.put(name, result);
            WeaveResult woven = result.result();
            loader.classes.put(name, woven.classFile());
            loader.classes.putAll(woven.frames());
        });
        return loader;
    }

    /** What became of each class, by internal name. */
    Map<String, StormResult> results() {
        return results;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            byte[] bytes = classes.get(name.replace('.', '/'));
            if (loaded == null && bytes != null) {
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }
}
