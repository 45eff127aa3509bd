package dev.backstitch.tests.harness;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rewrites all classes of a target, and defines them and their frames. */
public final class WeavingLoader extends ChildFirstLoader {
    private final Map<String, WeaveResult> results;

    private WeavingLoader(Map<String, WeaveResult> results, Map<String, byte[]> all) {
        super(all);
        this.results = results;
    }

    /** @param originals class files by internal name */
    public static WeavingLoader of(Map<String, byte[]> originals) {
        Weaver weaver = new Weaver();
        TypeHierarchy hierarchy = hierarchyOf(originals);
        Map<String, WeaveResult> results = new LinkedHashMap<>();
        Map<String, byte[]> all = new LinkedHashMap<>();
        originals.forEach((name, bytes) -> {
            WeaveResult result = weaver.weave(bytes, hierarchy);
            results.put(name, result);
            all.put(name, result.classFile());
            all.putAll(result.frames());
        });
        return new WeavingLoader(results, all);
    }

    /** The types of {@code originals}, and of the class path. */
    static TypeHierarchy hierarchyOf(Map<String, byte[]> originals) {
        ClassSource own = originals::get;
        return TypeHierarchy.of(own.or(ClassSource.ofLoader(WeavingLoader.class.getClassLoader())));
    }

    /** What became of each original class, by internal name. */
    Map<String, WeaveResult> results() {
        return results;
    }
}
