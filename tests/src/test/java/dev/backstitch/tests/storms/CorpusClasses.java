package dev.backstitch.tests.storms;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Class files that nobody here wrote: those of the JDK that runs this, and those of jars. */
final class CorpusClasses {
    private static final Path OWN = Path.of("dev", "backstitch");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private CorpusClasses() {}

    /** The class files of a module of this JDK, by internal name. */
    static Map<String, byte[]> ofModule(String module) throws IOException {
        return below(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", module));
    }

    /** The class files of a directory, or of a jar as the oldest JDK sees it, by internal name. */
    static Map<String, byte[]> below(Path root) throws IOException {
        if (Files.isRegularFile(root)) {
            return ofJar(root, JarFile.baseVersion());
        }
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

    /** The class files of a jar, by internal name, as a JDK of this version sees them. */
    static Map<String, byte[]> ofJar(Path jar, Runtime.Version version) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, version)) {
            for (JarEntry entry : (Iterable<JarEntry>) file.versionedStream()::iterator) {
                String name = entry.getName();
                if (isClass(name) && !name.startsWith("META-INF/")) {
                    try (var in = file.getInputStream(entry)) {
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

    /**
     * All jars below a local Maven repository but our own. The last version of an artifact comes first: where a class is
     * looked for in all of them, it is found there.
     */
    static List<Path> jarsOf(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(f -> f.toString().endsWith(".jar"))
                    .filter(f -> !repository.relativize(f).startsWith(OWN))
                    .sorted(Comparator.comparing(CorpusClasses::artifact)
                            .thenComparing(CorpusClasses::version, Comparator.reverseOrder())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    /** Group and artifact of {@code group/artifact/version/file.jar}. */
    private static String artifact(Path jar) {
        return String.valueOf(jar.getParent().getParent());
    }

    /** The version of {@code group/artifact/version/file.jar}, with numbers of one length, so that 10 is behind 9. */
    private static String version(Path jar) {
        return NUMBER.matcher(jar.getParent().getFileName().toString())
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }
}
