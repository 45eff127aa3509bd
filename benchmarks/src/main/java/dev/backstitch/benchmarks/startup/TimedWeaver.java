package dev.backstitch.benchmarks.startup;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import java.nio.file.Path;

/** What the Maven plugin does with a directory of classes, in a JVM that has done nothing else: prints the milliseconds. */
public final class TimedWeaver {
    private TimedWeaver() {}

    /** @param args the directory */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        new DirectoryWeaver(new Weaver(), d -> {}).weave(Path.of(args[0]));
        System.out.println((System.nanoTime() - start) / 1e6);
    }
}
