package dev.backstitch.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command line in this process, on classes compiled for it. */
abstract class CommandLineTest {
    /** Line 6 yields. */
    static final String NUMBERS = """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            public class Numbers {
                @Generator static Gen<Integer> numbers(int n) {
                    for (int i = 0; i < n; i++) { Gen.yield(i); }
                    return Gen.end();
                }
                static Object all() { return numbers(3).stream().toList(); }
            }
            """;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    int execute(Object... arguments) {
        String[] strings = java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(strings);
    }

    Path compile(String folder, String name, String source) throws IOException {
        Path target = Files.createDirectories(directory.resolve(folder));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-d", target.toString(), "-g", "-proc:none", "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        StringWriter messages = new StringWriter();
        boolean accepted = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, List.of(file))
                .call();
        assertEquals("", accepted ? "" : messages.toString());
        return target;
    }

    Path jar(String name, Map<String, byte[]> entries) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry e = new ZipEntry(entry.getKey());
                e.setTimeLocal(java.time.LocalDateTime.of(2020, 2, 2, 2, 2));
                zip.putNextEntry(e);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }
}
