package dev.backstitch.tests.storms;

import dev.backstitch.Storm;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the main method of a class, {@code ProgramMain COUNTS CLASS ARGUMENTS}, and writes how many methods ran in a storm. */
public final class ProgramMain {
    private ProgramMain() {}

    public static void main(String[] args) throws Throwable {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(
                        Path.of(args[0]), SuiteMain.COUNTS + "\t" + Storm.methods() + "\t" + Storm.suspensions() + "\n");
            } catch (IOException e) {
                e.printStackTrace();
            }
        }));
        try {
            Class.forName(args[1])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
