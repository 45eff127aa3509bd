package dev.backstitch.agent.cli;

import dev.backstitch.engine.DirectoryWeaver;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A jar, seen as the directory it holds. */
final class JarFile {
    private JarFile() {}

    /** Rewrites the classes of {@code jar}: in a copy, which then takes its place. */
    static DirectoryWeaver.Summary weave(Path jar, DirectoryWeaver weaver) throws IOException {
        Path copy = jar.resolveSibling(jar.getFileName() + ".tmp");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        try {
            DirectoryWeaver.Summary summary;
            try (FileSystem content = FileSystems.newFileSystem(copy)) {
                summary = weaver.weave(content.getPath("/"));
            }
            if (summary.woven() > 0) {
                Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
            }
            return summary;
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
