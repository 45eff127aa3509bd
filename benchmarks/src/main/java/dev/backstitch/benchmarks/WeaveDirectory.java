package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.startup.Classes;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the milliseconds that a build plugin takes for 5,000 classes, of which 200 have suspending methods. */
public final class WeaveDirectory {
    static final int CLASSES = 5_000;
    static final int ANNOTATED = 200;

    private WeaveDirectory() {}

    /** @param args {@code first}, or {@code again} when all that had to be rewritten is */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("weave");
        try {
            Classes.write(directory, CLASSES, ANNOTATED);
            double first = Classes.weave(directory);
            System.out.println(args[0].equals("first") ? first : Classes.weave(directory));
        } finally {
            Classes.delete(directory);
        }
    }
}
