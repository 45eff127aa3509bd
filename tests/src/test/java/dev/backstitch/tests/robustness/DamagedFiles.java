package dev.backstitch.tests.robustness;

import dev.backstitch.tests.harness.Loaders;
import dev.backstitch.tests.targets.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The class files of all targets, damaged. */
final class DamagedFiles {
    private DamagedFiles() {}

    /** Takes one of them. */
    interface Taker {
        /**
         * @param what names it
         * @param companions what it was compiled with, by internal name
         */
        void take(String what, byte[] classFile, Map<String, byte[]> companions);
    }

    /** Makes {@code count} of them: one in four is cut short when all targets have had their turn three times. */
    static void make(long seed, int count, Taker taker) {
        Map<String, Map<String, byte[]>> corpus = new LinkedHashMap<>();
        Targets.all().forEach(target -> {
            Map<String, byte[]> own = Loaders.classFilesOf(target);
            own.keySet().forEach(name -> corpus.put(name, own));
        });
        List<String> names = List.copyOf(corpus.keySet());
        for (int i = 0; i < count; i++) {
            String name = names.get(i % names.size());
            byte[] original = corpus.get(name).get(name);
            boolean cut = i / names.size() % 4 == 3;
            int length = (int) ((seed + i) * 2_654_435_761L >>> 8 & 0x7fffffff) % original.length;
            Damage damage = new Damage(original);
            taker.take(
                    name + (cut ? " cut at " + length : " damaged by " + (seed + i)),
                    cut ? damage.truncated(length) : damage.flipped(seed + i),
                    corpus.get(name));
        }
    }

    /** Writes {@code count} of them and those that are made to be hard, numbered, into {@code directory}; returns how many. */
    static int write(long seed, int count, List<Hostile> hostile, Path directory) {
        int[] written = {0};
        for (Hostile made : hostile) {
            write(directory, written[0]++, made.made().get());
        }
        make(seed, count, (what, classFile, companions) -> write(directory, written[0]++, classFile));
        return written[0];
    }

    private static void write(Path directory, int number, byte[] classFile) {
        try {
            Files.write(directory.resolve("C" + number + ".class"), classFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
