package dev.backstitch.tests.harness;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the engine makes of the classes of a target, for tests that look at that rather than at events. */
public final class WeavingResults {
    private final Map<String, byte[]> originals;
    private final Map<String, byte[]> copies = new LinkedHashMap<>();
    private final Map<String, WeaveResult> results = new LinkedHashMap<>();

    private WeavingResults(Map<String, byte[]> originals) {
        this.originals = originals;
        Weaver weaver = new Weaver();
        originals.forEach((name, bytes) -> {
            copies.put(name, bytes.clone());
            results.put(name, weaver.weave(bytes, WeavingLoader.hierarchyOf(originals)));
        });
    }

    /** @param classFiles by internal name */
    public static WeavingResults of(Map<String, byte[]> classFiles) {
        return new WeavingResults(classFiles);
    }

    /** The classes of {@code target} as the build compiled them. */
    public static WeavingResults ofClassPath(Class<?> target) {
        return new WeavingResults(ClassFiles.ofClassPath(target));
    }

    /** The class {@code name}, rewritten. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, true, WeavingLoader.of(originals));
    }

    /** The class files of {@code target} and its inner classes as the build compiled them, by internal name. */
    public static Map<String, byte[]> originalsOf(Class<?> target) {
        return ClassFiles.ofClassPath(target);
    }

    /** By internal name. */
    public Map<String, WeaveResult> results() {
        return results;
    }

    /** The result for the nested class {@code simpleName}. */
    public WeaveResult resultOf(String simpleName) {
        return results.entrySet().stream()
                .filter(e -> e.getKey().endsWith("$" + simpleName))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** The array that was given to the engine. */
    public byte[] original(String name) {
        return originals.get(name);
    }

    /** Its contents before. */
    public byte[] copy(String name) {
        return copies.get(name);
    }

    /** What was said about all refused classes. */
    public List<Diagnostic> errors() {
        return results.values().stream()
                .filter(r -> r.outcome() == WeaveResult.Outcome.REFUSED)
                .flatMap(r -> r.diagnostics().stream())
                .toList();
    }

    /** {@code items}, each beginning with a line number, sorted and one per line, to be compared. */
    public static String text(Stream<String> items) {
        return items.distinct()
                .sorted(java.util.Comparator.comparingInt((String s) -> Integer.parseInt(s.substring(0, s.indexOf(' '))))
                        .thenComparing(s -> s))
                .collect(Collectors.joining("\n"));
    }
}
