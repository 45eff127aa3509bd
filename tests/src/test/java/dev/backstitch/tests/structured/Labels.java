package dev.backstitch.tests.structured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a test's source that end in a label, {@code // @label}, and texts with the labels in place of the lines. */
final class Labels {
    private static final Pattern LABEL = Pattern.compile("// (@[\\w-]+)");

    private final String file;
    private final List<String> source;

    private Labels(String file, List<String> source) {
        this.file = file;
        this.source = source;
    }

    static Labels of(Class<?> test) {
        try {
            Path path = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
            return new Labels(path.getFileName().toString(), Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code text}, without the packages of these tests and with the labels of the lines of the source. */
    String in(String text) {
        Matcher line = Pattern.compile(Pattern.quote(file) + ":(\\d+)").matcher(text.replaceAll(
                "dev\\.backstitch\\.(tests\\.structured|loop)\\.", ""));
        StringBuilder out = new StringBuilder();
        while (line.find()) {
            Matcher label = LABEL.matcher(source.get(Integer.parseInt(line.group(1)) - 1));
            line.appendReplacement(out, label.find() ? label.group(1) : line.group());
        }
        return line.appendTail(out).toString();
    }
}
