package dev.backstitch.benchmarks.startup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A directory of class files, as a compiler leaves one behind. */
public final class Classes {
    private static final String SOURCE =
            """
            package woven;
            import static dev.backstitch.Coroutine.*;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            public class Service%d {
                private final Map<String, Integer> prices = new HashMap<>();
                @Async public CompletableFuture<Integer> total(List<String> items) {
                    int total = 0;
                    for (String item : items) {
                        try {
                            total += await(price(item)) * prices.getOrDefault(item, 1);
                        } catch (IllegalArgumentException e) {
                            total -= await(price(e.getMessage()));
                        }
                    }
                    return CompletableFuture.completedFuture(total);
                }
                @Async Coroutine<Integer> price(String item) {
                    int length = await(Coroutine.of(item.length()));
                    return Coroutine.of(length + await(Coroutine.of(%d)));
                }
                @Generator Gen<String> names(int n) {
                    for (int i = 0; i < n; i++) { Gen.yield("name " + i); }
                    return Gen.end();
                }
            }
            """;

    private Classes() {}

    /** Writes {@code all} class files, {@code annotated} of them of services, the others those of Spring. */
    public static void write(Path directory, int all, int annotated) throws IOException {
        compile(directory, annotated);
        int written = annotated;
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (!Path.of(entry).getFileName().toString().startsWith("spring-")) {
                continue;
            }
            try (JarFile jar = new JarFile(entry)) {
                for (JarEntry file : (Iterable<JarEntry>) jar.entries()::asIterator) {
                    if (written < all && file.getName().matches("org/.*\\.class")) {
                        Path target = directory.resolve(file.getName());
                        Files.createDirectories(target.getParent());
                        try (InputStream content = jar.getInputStream(file)) {
                            Files.copy(content, target);
                        }
                        written++;
                    }
                }
            }
        }
        if (written < all) {
            throw new IllegalStateException("only " + written + " classes");
        }
    }

    private static void compile(Path directory, int count) {
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = SOURCE.formatted(i, i);
            sources.add(new SimpleJavaFileObject(URI.create("string:///woven/Service" + i + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            });
        }
        List<String> options = List.of(
                "-g", "-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
        if (!ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, sources).call()) {
            throw new IllegalStateException("javac has refused the services");
        }
    }

    /** Rewrites the directory in a fresh JVM; the milliseconds. */
    public static double weave(Path directory) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("weave", ".txt");
        try {
            return Double.parseDouble(Launch.java(List.of(), errors, TimedWeaver.class.getName(), directory.toString()));
        } finally {
            Files.delete(errors);
        }
    }

    /** Removes the directory and everything below it. */
    public static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
