package dev.backstitch.tests.hosts;

import dev.backstitch.tests.jvm.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Jars: those of the class path, and new ones. */
final class Jars {
    private Jars() {}

    /** The jars of the class path whose file names begin with one of {@code prefixes}. */
    static List<Path> ofClassPath(String... prefixes) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> Arrays.stream(prefixes).anyMatch(jar.getFileName().toString()::startsWith))
                .toList();
    }

    /** Our javac plugin. */
    static Path javacPlugin() {
        return Path.of(System.getProperty("backstitch.javac"));
    }

    /**
     * Writes a jar of the files below {@code content}.
     *
     * @param headers of the manifest
     */
    static Path write(Path jar, Map<String, String> headers, Path content) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest(headers))) {
            add(out, "", content);
        }
        return jar;
    }

    static Manifest manifest(Map<String, String> headers) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }

    /** Adds the files below {@code content}, and their folders, under {@code prefix}. */
    static void add(JarOutputStream out, String prefix, Path content) throws IOException {
        try (var files = Files.walk(content)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = prefix + content.relativize(file).toString().replace('\\', '/');
                if (Files.isDirectory(file)) {
                    if (!name.isEmpty()) {
                        out.putNextEntry(new ZipEntry(name.endsWith("/") ? name : name + "/"));
                    }
                } else {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    /** Adds a file as it is, without compression: what a jar in a jar has to be. */
    static void store(JarOutputStream out, String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
    }

    /** Rewrites directories and jars in place with the command line of the packaged agent. */
    static void weave(Path directory, Path... targets) throws IOException, InterruptedException {
        String[] arguments = new String[targets.length + 3];
        arguments[0] = "-jar";
        arguments[1] = Jvm.AGENT.toString();
        arguments[2] = "weave";
        for (int i = 0; i < targets.length; i++) {
            arguments[i + 3] = targets[i].toString();
        }
        new Jvm(directory).run(arguments).quietOutput();
    }
}
