package dev.backstitch.tests.storms;

import dev.backstitch.Storm;
import dev.backstitch.annotations.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;

/**
 * Classes of {@code java.base} that have been rewritten, linked and so verified by the JVM they are of, in a process of its
 * own whose {@code java.base} is patched with them. They are not initialised: nothing of them is run. That cannot be had of
 * the classes with which the JVM starts, so they are left out; and so are those that it never verifies.
 */
final class PatchedJdk {
    /** The JVM verifies no class that extends it, because those that reflection makes use what is private. */
    private static final String TRUSTED = "jdk/internal/reflect/MagicAccessorImpl";

    private final Path directory;
    private final Path patch;
    /** As they are. */
    private final Map<String, byte[]> originals;

    private final Set<String> started;
    /** A class and its frames. */
    private final Map<String, List<String>> parts = new TreeMap<>();
    private int leftOut;

    /**
     * @param directory a new one
     * @param originals classes of {@code java.base}; a JVM links them as they are, which shows what it runs for that
     */
    PatchedJdk(Path directory, Map<String, byte[]> originals) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.originals = originals;
        patch = Files.createDirectory(directory.resolve("patch"));
        // What the rewritten classes use has to be where they are.
        write(CorpusClasses.below(ClassPath.of(Storm.class)));
        write(CorpusClasses.below(ClassPath.of(Generator.class)));
        LinkRun plain = LinkRun.of(directory, patch, originals.keySet());
        if (plain.status() != 0 || !plain.failed().isEmpty()) {
            throw new AssertionError("classes of java.base as they are cannot be linked: " + plain.output());
        }
        started = plain.started();
    }

    /** Adds a class that has been rewritten. */
    void add(String name, byte[] classFile, Map<String, byte[]> frames) throws IOException {
        if (started.contains(name) || isTrusted(classFile)) {
            leftOut++;
            return;
        }
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(frames.keySet());
        parts.put(name, all);
        write(Map.of(name, classFile));
        write(frames);
    }

    private boolean isTrusted(byte[] classFile) {
        if (classFile == null) {
            return false;
        }
        String parent = new ClassReader(classFile).getSuperName();
        return parent != null && (parent.equals(TRUSTED) || isTrusted(originals.get(parent)));
    }

    private void write(Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            Path file = file(type.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
    }

    private Path file(String name) {
        return patch.resolve(name + ".class");
    }

    /** Has the JVM link what was added. */
    void link(CorpusCount count) throws IOException, InterruptedException {
        LinkRun run = run();
        // Of another patch the JVM may initialise other classes.
        while (leaveOut(run.initialised())) {
            run = run();
        }
        if (run.status() != 0) {
            count.failures.add("the patched JVM ends with exit status " + run.status() + ": " + run.output());
        }
        for (List<String> names : parts.values()) {
            List<String> problems = new ArrayList<>();
            for (String name : names) {
                String problem = run.problemOf(name);
                if (problem != null) {
                    problems.add(problem);
                }
            }
            count.failures.addAll(problems);
            count.verified += problems.isEmpty() ? 1 : 0;
        }
        count.engineAlone += leftOut;
    }

    private LinkRun run() throws IOException, InterruptedException {
        return LinkRun.of(directory, patch, parts.values().stream().flatMap(List::stream).toList());
    }

    /** Whether some of these classes were in the patch. */
    private boolean leaveOut(Set<String> names) throws IOException {
        int before = leftOut;
        for (String name : names) {
            List<String> all = parts.remove(name);
            if (all != null) {
                leftOut++;
                for (String part : all) {
                    Files.delete(file(part));
                }
            }
        }
        return leftOut > before;
    }
}
