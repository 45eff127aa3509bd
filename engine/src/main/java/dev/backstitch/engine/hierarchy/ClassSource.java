package dev.backstitch.engine.hierarchy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where class files are found. */
@FunctionalInterface
public interface ClassSource {
    /**
     * The class file of a type.
     *
     * @param name an internal name
     * @return null if there is none, or it cannot be read
     */
    byte[] find(String name);

    /** This source, then {@code other} for what this does not have. */
    default ClassSource or(ClassSource other) {
        return name -> {
            byte[] classFile = find(name);
            return classFile == null ? other.find(name) : classFile;
        };
    }

    /** What {@code loader} finds as resources; null is the bootstrap loader. Loads no class. */
    static ClassSource ofLoader(ClassLoader loader) {
        return name -> {
            String resource = name + ".class";
            try (InputStream in = loader == null
                    ? ClassLoader.getSystemResourceAsStream(resource)
                    : loader.getResourceAsStream(resource)) {
                return in == null ? null : in.readAllBytes();
            } catch (IOException | RuntimeException e) {
                return null; // a loader of the application may do anything
            }
        };
    }

    /** The class files below the directory {@code root}. */
    static ClassSource ofDirectory(Path root) {
        return name -> {
            try {
                Path file = root.resolve(name + ".class");
                return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
            } catch (IOException | RuntimeException e) {
                return null;
            }
        };
    }
}
