package dev.backstitch.tests.robustness;

import dev.backstitch.tests.harness.Loaders;
import dev.backstitch.tests.harness.Reducibility;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Random control flow run rewritten, and un-rewritten on threads: both must log the same, block by block. */
final class FlowComparison {
    private static final int BATCH = 50;

    private final List<String> failures = new ArrayList<>();
    private int programs;
    private int irreducible;
    private int events;

    /** Compares the programs of {@code count} seeds. */
    void add(long first, int count) {
        for (int done = 0; done < count; done += BATCH) {
            batch(first + done, Math.min(BATCH, count - done));
        }
    }

    private void batch(long first, int count) {
        Map<String, byte[]> classFiles = new LinkedHashMap<>(Loaders.classFilesOf(FlowDriver.class));
        for (long seed = first; seed < first + count; seed++) {
            byte[] classFile = RandomFlow.classFile(seed);
            classFiles.put(RandomFlow.nameOf(seed), classFile);
            irreducible += isReducible(classFile) ? 0 : 1;
        }
        try {
            ClassLoader rewritten = Loaders.rewritten(classFiles);
            ClassLoader onThreads = Loaders.onThreads(classFiles);
            for (long seed = first; seed < first + count; seed++) {
                compare(seed, run(onThreads, seed), run(rewritten, seed));
            }
        } catch (AssertionError refused) {
            failures.add("random blocks " + first + " and on: " + refused.getMessage());
        } finally {
            Loaders.endThreads();
        }
    }

    private void compare(long seed, List<String> expected, List<String> actual) {
        programs++;
        events += expected.size();
        if (!expected.equals(actual)) {
            int i = 0;
            while (i < Math.min(expected.size(), actual.size()) && expected.get(i).equals(actual.get(i))) {
                i++;
            }
            failures.add("random blocks " + seed + ": after " + i + " events " + expected.subList(i, expected.size())
                    + " on threads, but rewritten " + actual.subList(i, actual.size()));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> run(ClassLoader loader, long seed) {
        try {
            Object made = Class.forName(RandomFlow.nameOf(seed).replace('/', '.'), true, loader).getMethod("made").invoke(null);
            Class<?> driver = Class.forName(FlowDriver.class.getName(), true, loader);
            return (List<String>) driver.getMethod("drive", Object.class, long.class).invoke(null, made, seed);
        } catch (ReflectiveOperationException | LinkageError e) {
            return List.of(String.valueOf(e instanceof InvocationTargetException ? e.getCause() : e));
        }
    }

    private static boolean isReducible(byte[] classFile) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, ClassReader.SKIP_FRAMES);
        return type.methods.stream().allMatch(Reducibility::isReducible);
    }

    /** What differs, or does not run; empty if nothing. */
    List<String> failures() {
        return failures;
    }

    int programs() {
        return programs;
    }

    /** How many of the programs have loops with several entries. */
    int irreducible() {
        return irreducible;
    }

    /** How many events the programs logged on threads. */
    int events() {
        return events;
    }
}
