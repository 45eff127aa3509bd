package dev.backstitch.tests.storms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Class files that nobody here wrote: those of the JDK that runs this, and those of jars. */
final class CorpusClasses {
    private CorpusClasses() {}

    /** The class files of a module of this JDK, by internal name. */
    static Map<String, byte[]> ofModule(String module) throws IOException {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", module);
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                if (isClass(name)) {
                    classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
                }
            }
        }
        return classes;
    }

    /** The class files of a jar, by internal name; those for newer JDKs are not among them. */
    static Map<String, byte[]> ofJar(Path jar) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (isClass(name) && !name.startsWith("META-INF/")) {
                    try (var in = zip.getInputStream(entry)) {
                        classes.put(name.substring(0, name.length() - ".class".length()), in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class");
    }

    /** The jars below a local Maven repository: of each artifact, the last version. */
    static Collection<Path> jarsOf(Path repository) {
        Map<Path, Path> newest = new TreeMap<>();
        try (Stream<Path> files = Files.walk(repository)) {
            List<Path> jars = files.filter(f -> f.toString().endsWith(".jar"))
                    .filter(f -> !f.toString().contains("backstitch"))
                    .sorted()
                    .toList();
            for (Path jar : jars) {
                Path artifact = jar.getParent().getParent();
                newest.put(artifact, jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return newest.values();
    }
}
