package dev.backstitch.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source file of a target, whose trailing comments are assertions: {@code // rejected("BST-201")}. Comments that are
 * not calls with literal arguments are prose and assert nothing; an unknown name is an error.
 */
public final class TargetSource {
    private static final Path ROOT = Path.of("src", "test", "java");
    private static final Pattern COMMENT = Pattern.compile("//\\s*(\\w+\\(.*\\))\\s*$");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\(\\s*(?:\"([^\"]*)\")?\\s*\\)");
    private static final List<String> VOCABULARY = List.of("logs", "rejected", "warned");

    /**
     * One assertion.
     *
     * @param line where it stands, from 1
     * @param name {@code logs} on the line of a method's name: the events of its plain run, joined by {@code ", "};
     *     {@code rejected}: the code of a refusal on this line; {@code warned}: the code of a warning on this line
     * @param argument its string
     */
    public record Assertion(int line, String name, String argument) {}

    private final Path path;
    private final List<String> lines;

    private TargetSource(Path path) {
        this.path = path;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source of {@code target}, a top-level class of this module. */
    public static TargetSource of(Class<?> target) {
        return of(ROOT.resolve(target.getName().replace('.', '/') + ".java"));
    }

    /** The source file {@code path}. */
    public static TargetSource of(Path path) {
        return new TargetSource(path);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** All assertions, in order. */
    public List<Assertion> assertions() {
        List<Assertion> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            all.addAll(parse(i + 1, lines.get(i)));
        }
        return all;
    }

    static List<Assertion> parse(int number, String line) {
        Matcher comment = COMMENT.matcher(line);
        List<Assertion> found = new ArrayList<>();
        if (comment.find()) {
            Matcher call = CALL.matcher(comment.group(1));
            while (call.find()) {
                if (!VOCABULARY.contains(call.group(1)) || call.group(2) == null) {
                    throw new IllegalArgumentException("line " + number + ": not an assertion: " + call.group());
                }
                found.add(new Assertion(number, call.group(1), call.group(2)));
            }
        }
        return found;
    }

    /** The line on which the method {@code name} is declared: the first after a {@code @HardCase} that has "name()". */
    int lineOf(String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(" " + name + "()") && (i > 0 && lines.get(i - 1).contains("@"))) {
                return i + 1;
            }
        }
        throw new AssertionError("no method " + name + " in " + path);
    }
}
