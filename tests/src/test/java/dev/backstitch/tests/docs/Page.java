package dev.backstitch.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the documentation, and its code blocks.
 *
 * @param path below the project's directory, with slashes
 * @param text its Markdown
 */
record Page(String path, String text) {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    /** Whether pages made by code are written instead of compared. */
    private static final boolean WRITE = "write".equals(System.getProperty("backstitch.docs"));

    /**
     * A block of Java code.
     *
     * @param line the line of the page on which it starts
     * @param code the text between the fences
     * @param output the block without a language that follows directly; null if there is none
     */
    record Block(int line, String code, String output) {}

    /** The page at {@code path}; empty if there is none. */
    static Page of(String path) {
        try {
            Path file = PROJECT.resolve(path);
            return new Page(path, Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every Markdown page at the top and below {@code docs}. */
    static List<Page> all() {
        try (Stream<Path> top = Files.list(PROJECT); Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> PROJECT.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .map(Page::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file of the project. */
    static String source(String path) {
        return of(path).text;
    }

    /** Whether {@code target}, a link relative to this page, leads to a file of the project. */
    boolean leadsSomewhere(String target) {
        return Files.exists(PROJECT.resolve(path).resolveSibling(target));
    }

    /** Its blocks of Java code. */
    List<Block> javaBlocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int i = 0;
        while (i < lines.size()) {
            if (!lines.get(i).startsWith("```")) {
                i++;
                continue;
            }
            boolean java = lines.get(i).equals("```java");
            int end = end(lines, i);
            if (java) {
                int next = end + 1;
                while (next < lines.size() && lines.get(next).isBlank()) {
                    next++;
                }
                boolean output = next < lines.size() && lines.get(next).equals("```");
                blocks.add(new Block(i + 1, join(lines, i, end), output ? join(lines, next, end(lines, next)) : null));
            }
            i = end + 1;
        }
        return blocks;
    }

    private static int end(List<String> lines, int start) {
        for (int i = start + 1; i < lines.size(); i++) {
            if (lines.get(i).equals("```")) {
                return i;
            }
        }
        throw new AssertionError("the block at line " + (start + 1) + " has no end");
    }

    private static String join(List<String> lines, int start, int end) {
        return String.join("\n", lines.subList(start + 1, end)) + "\n";
    }

    /** This page with the block behind the comment {@code <!-- name -->} replaced. */
    Page withBlock(String name, String content) {
        String marker = "<!-- " + name + " -->\n```";
        int at = text.indexOf(marker);
        if (at < 0) {
            throw new AssertionError(path + " has no block " + name);
        }
        int start = text.indexOf('\n', at + marker.length()) + 1;
        int end = text.indexOf("\n```", start - 1) + 1;
        return new Page(path, text.substring(0, start) + content.stripTrailing() + "\n" + text.substring(end));
    }

    /** Compares with the file, or writes it if the tests are run with {@code -Dbackstitch.docs=write}. */
    void check() {
        if (WRITE) {
            try {
                Path file = PROJECT.resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertEquals(of(path).text, text, () -> path + " is stale; -Dbackstitch.docs=write writes it");
    }
}
