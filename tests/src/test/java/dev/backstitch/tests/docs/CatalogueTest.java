package dev.backstitch.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.engine.diag.DiagnosticCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code of the catalogue is one that a test of the project raises. */
class CatalogueTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    private static final List<Path> TESTS = List.of(
            Path.of("tests/src/test"), Path.of("agent/src/test"), Path.of("compiler-plugin/maven/src/it"),
            Path.of("compiler-plugin/javac/src/test"));

    @Test
    void should_be_raised_by_a_test_when_it_is_in_the_catalogue() throws IOException {
        String tests = TESTS.stream().map(CatalogueTest::text).collect(Collectors.joining());
        List<String> silent = new ArrayList<>();
        for (DiagnosticCode code : DiagnosticCode.values()) {
            // 901 is an error of ours: a test that could raise it would have found one.
            if (code != DiagnosticCode.INTERNAL
                    && !tests.contains(code.id())
                    && !tests.contains("DiagnosticCode." + code.name())) {
                silent.add(code.id());
            }
        }
        assertEquals(List.of(), silent);
    }

    /** The sources of tests below a directory, but for those of the pages, which name every code. */
    private static String text(Path directory) {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(directory))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".bsh"))
                    .filter(file -> !file.getParent().endsWith("docs"))
                    .map(CatalogueTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
