package dev.backstitch.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are kept in {@code src/test/resources/golden}, to be read and edited by people. */
public final class Golden {
    private static final Path KEPT = Path.of("src", "test", "resources", "golden");
    private static final Path ACTUAL = Path.of("target", "golden");

    private Golden() {}

    /**
     * Compares {@code actual} with the golden file {@code name}. Where they differ, the actual text is written below
     * {@code target/golden}, to be looked at and copied over.
     */
    public static void check(String name, String actual) {
        Path kept = KEPT.resolve(name);
        Path written = ACTUAL.resolve(name);
        try {
            String expected = Files.exists(kept) ? Files.readString(kept) : "";
            if (!expected.equals(actual)) {
                Files.createDirectories(written.getParent());
                Files.writeString(written, actual);
            }
            assertEquals(expected, actual, () -> kept + " differs from " + written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
