package dev.backstitch.agent.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds class files, without loading classes. */
final class ClassFinder {
    private ClassFinder() {}

    /**
     * The class {@code name}, or the class file of this path.
     *
     * @param classPath directories and jars, separated as on the platform
     * @return null if it is not found
     */
    static byte[] find(String name, String classPath) throws IOException {
        if (name.endsWith(".class")) {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }
        String entryName = name.replace('.', '/') + ".class";
        for (String place : classPath.split(File.pathSeparator)) {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                if (Files.isRegularFile(path.resolve(entryName))) {
                    return Files.readAllBytes(path.resolve(entryName));
                }
            } else if (Files.isRegularFile(path)) {
                try (ZipFile jar = new ZipFile(path.toFile())) {
                    ZipEntry entry = jar.getEntry(entryName);
                    if (entry != null) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            return in.readAllBytes();
                        }
                    }
                }
            }
        }
        return null;
    }
}
