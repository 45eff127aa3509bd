package dev.backstitch.javac;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A compilation by a javac of its own, with the packaged plugin. */
final class Javac {
    static final Path JAR = Path.of(System.getProperty("backstitch.javac"));
    private static final Pattern MESSAGE = Pattern.compile("\\S+\\.java:(\\d+): (?:(warning): )?(error: )?(.*)");

    private final Path directory;
    private final List<String> options = new ArrayList<>(List.of("-g", "-Xlint:-options"));
    private List<String> output = List.of();
    private boolean beside;

    Javac(Path directory) {
        this.directory = directory;
    }

    /** What the application is compiled against. */
    static String classPath() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> !entry.contains("compiler-plugin"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    Javac onProcessorPath() {
        return with("-processorpath", JAR.toString(), "-classpath", classPath());
    }

    Javac onClassPath() {
        return with("-classpath", JAR + File.pathSeparator + classPath());
    }

    /** Class files go where the sources are. */
    Javac besideTheSource() {
        beside = true;
        return this;
    }

    Javac with(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    Path classes() {
        return directory.resolve("classes");
    }

    /** Compiles {@code sources}, each with the name of its file; whether javac accepts them. */
    boolean compile(String... namesAndSources) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(options);
        if (!beside) {
            Files.createDirectories(classes());
            command.addAll(List.of("-d", classes().toString()));
        }
        for (int i = 0; i < namesAndSources.length; i += 2) {
            Path file = directory.resolve("src").resolve(namesAndSources[i]);
            Files.createDirectories(file.getParent());
            command.add(Files.writeString(file, namesAndSources[i + 1]).toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVAC_OPTIONS"));
        Process javac = builder.start();
        javac.getOutputStream().close();
        output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        return javac.waitFor() == 0;
    }

    /** The first line of each of javac's messages, with line and column; or all it has said, if that has no messages. */
    List<String> said() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            Matcher message = MESSAGE.matcher(output.get(i));
            if (message.matches()) {
                int caret = i + 1;
                while (!output.get(caret).isBlank() && !output.get(caret).strip().equals("^")) {
                    caret++;
                }
                said.add((message.group(2) == null ? "ERROR " : "WARNING ") + message.group(1) + ":"
                        + (output.get(caret).indexOf('^') + 1) + " " + message.group(4));
            }
        }
        return said.isEmpty() ? output : said;
    }

    /** The class files, by name. */
    Map<String, byte[]> written() throws IOException {
        return contents(classes());
    }

    static Map<String, byte[]> contents(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** Calls a static method without parameters. */
    Object run(String type, String method) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {classes().toUri().toURL()}, Javac.class.getClassLoader())) {
            var found = Class.forName(type, true, loader).getDeclaredMethod(method);
            found.setAccessible(true);
            return found.invoke(null);
        }
    }
}
