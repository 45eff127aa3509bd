package dev.backstitch.tests.harness;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A way to compile targets.
 *
 * @param name for test names
 * @param compiler javac or ECJ
 * @param release the class files' Java version
 * @param options further options
 */
public record Variant(String name, Compiler compiler, int release, List<String> options) {
    private static final Map<Variant, Map<Path, Path>> OUTPUTS = new ConcurrentHashMap<>();

    /** Which compiler. */
    public enum Compiler {
        JAVAC,
        ECJ
    }

    /** All that the running JDK offers. */
    public static List<Variant> available() {
        int newest = Runtime.version().feature();
        List<Variant> variants = new ArrayList<>();
        for (int release : List.of(8, 11, 17, 21, 25)) {
            if (release <= newest) {
                variants.add(new Variant("javac-" + release, Compiler.JAVAC, release, List.of("-g")));
            }
        }
        variants.add(new Variant("javac-17-g:none", Compiler.JAVAC, 17, List.of("-g:none")));
        variants.add(new Variant("javac-17-parameters", Compiler.JAVAC, 17, List.of("-g:lines", "-parameters")));
        variants.add(new Variant("ecj-8", Compiler.ECJ, 8, List.of("-g")));
        variants.add(new Variant("ecj-17", Compiler.ECJ, 17, List.of("-g")));
        variants.add(new Variant("ecj-17-preserve", Compiler.ECJ, 17, List.of("-g:none", "-preserveAllLocals")));
        return variants;
    }

    /** The class files of {@code outer}, whose source file is {@code source}, compiled this way. */
    public Map<String, byte[]> compile(String outer, Path source) {
        Path directory = outputs().computeIfAbsent(source, s -> compile(List.of(s)));
        return ClassFiles.ofDirectory(directory, outer.replace('.', '/'));
    }

    /** Compiles {@code sources} together, which is faster, for {@link #compile} to find. */
    public void compileAll(List<Path> sources) {
        if (!outputs().keySet().containsAll(sources)) {
            Path directory = compile(sources);
            sources.forEach(source -> outputs().put(source, directory));
        }
    }

    private Map<Path, Path> outputs() {
        return OUTPUTS.computeIfAbsent(this, v -> new ConcurrentHashMap<>());
    }

    private Path compile(List<Path> sources) {
        try {
            Path directory = Files.createTempDirectory("targets-" + name.replace(':', '-'));
            deleteAtExit(directory);
            JavaCompiler tool = compiler == Compiler.JAVAC
                    ? ToolProvider.getSystemJavaCompiler()
                    : new org.eclipse.jdt.internal.compiler.tool.EclipseCompiler();
            List<String> arguments = new ArrayList<>(List.of(
                    "--release", Integer.toString(release), "-proc:none", "-d", directory.toString(),
                    "-classpath", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
            arguments.add(compiler == Compiler.JAVAC ? "-Xlint:none" : "-nowarn");
            arguments.addAll(options);
            StringWriter messages = new StringWriter();
            try (var files = tool.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                var task = tool.getTask(messages, files, null, arguments, null, files.getJavaFileObjectsFromPaths(sources));
                if (!task.call()) {
                    throw new AssertionError(name + " cannot compile " + sources + "\n" + messages);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAtExit(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (Stream<Path> paths = Files.walk(directory)) {
                paths.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
            } catch (IOException e) {
                // the system's temporary directory is cleaned by others too
            }
        }));
    }

    @Override
    public String toString() {
        return name;
    }
}
