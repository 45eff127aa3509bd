package dev.backstitch.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java code as a user writes it, compiled and rewritten into a directory. */
final class Snippet {
    static final String IMPORTS = """
            import static dev.backstitch.Coroutine.*;
            import static dev.backstitch.loop.Tasks.*;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import dev.backstitch.loop.*;
            import java.io.*;
            import java.net.*;
            import java.net.http.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            """;
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final Path directory;

    private Snippet(Path directory) {
        this.directory = directory;
    }

    /** What the compiler has against {@code source}; empty if it accepts it, which leaves the classes in {@code out}. */
    static String compile(String name, String source, Path out) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release", "17", "-g", "-proc:none", "-Xlint:none", "-classpath", CLASS_PATH, "-d", out.toString());
            boolean accepted = compiler.getTask(messages, files, null, options, null, List.of(file)).call();
            return accepted ? "" : "\n" + messages;
        }
    }

    /** Rewrites the classes in {@code directory}. */
    static Snippet woven(Path directory) throws IOException {
        List<Diagnostic> refused = new ArrayList<>();
        new DirectoryWeaver(new Weaver(), refused::add).weave(directory);
        assertEquals(List.of(), refused);
        return new Snippet(directory);
    }

    /** The classes in {@code directory} as the compiler left them. */
    static Snippet plain(Path directory) {
        return new Snippet(directory);
    }

    /** Loads, verifies and initialises every class. */
    void load() throws IOException, ReflectiveOperationException {
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
                var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = directory.relativize(file).toString();
                if (name.endsWith(".class")) {
                    Class.forName(name.substring(0, name.length() - 6).replace(file.getFileSystem().getSeparator(), "."),
                            true, loader);
                }
            }
        }
    }

    /** Runs {@code type} in a JVM of its own; its output and error stream. */
    String run(String type) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+BytecodeVerificationLocal",
                        "-cp",
                        directory + System.getProperty("path.separator") + CLASS_PATH,
                        type)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(type + " does not end; so far:\n" + output);
        }
        return output.replace("\r\n", "\n");
    }
}
