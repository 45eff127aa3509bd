package dev.backstitch.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the class files of a class and its inner classes. */
final class ClassFiles {
    private ClassFiles() {}

    /** As the build compiled them; by internal name, outer class first. */
    static Map<String, byte[]> ofClassPath(Class<?> outer) {
        try {
            Path root = Path.of(outer.getProtectionDomain().getCodeSource().getLocation().toURI());
            return ofDirectory(root, outer.getName().replace('.', '/'));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Under the class directory {@code root}; by internal name, outer class first. */
    static Map<String, byte[]> ofDirectory(Path root, String outer) {
        Path directory = root.resolve(outer).getParent();
        Map<String, byte[]> classes = new TreeMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (path.equals(outer + ".class") || path.startsWith(outer + "$")) {
                    classes.put(path.substring(0, path.length() - ".class".length()), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }
}
