package dev.backstitch.maven;

import dev.backstitch.engine.diag.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the source file of a location, and the column, which class files do not have: that of the call's name in its
 * line, or else of the first character.
 */
final class SourcePositions {
    private final List<String> roots;

    /** @param roots directories of sources; some may not exist */
    SourcePositions(List<String> roots) {
        this.roots = roots;
    }

    /** {@code /project/src/main/java/com/acme/Foo.java:[12,8]}; null if the file or its line is not known. */
    String of(SourceLocation location) {
        Path file = fileOf(location);
        return file == null || location.line() == 0
                ? null
                : file + ":[" + location.line() + "," + columnOf(file, location) + "]";
    }

    private Path fileOf(SourceLocation location) {
        if (location.file() == null) {
            return null;
        }
        int end = location.type().lastIndexOf('.');
        String folder = end < 0 ? "" : location.type().substring(0, end).replace('.', '/');
        for (String root : roots) {
            Path file = Path.of(root, folder, location.file());
            if (Files.isRegularFile(file)) {
                return file.toAbsolutePath();
            }
        }
        return null;
    }

    private static int columnOf(Path file, SourceLocation location) {
        String line = lineOf(file, location.line());
        if (location.call() != null) {
            Matcher call = Pattern.compile("\\b" + Pattern.quote(location.call()) + "\\s*\\(").matcher(line);
            if (call.find()) {
                return call.start() + 1;
            }
        }
        return line.length() - line.stripLeading().length() + 1;
    }

    private static String lineOf(Path file, int line) {
        try {
            // No source is in an encoding in which this fails, and columns count what stands before the call.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            return line <= lines.size() ? lines.get(line - 1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
