package dev.backstitch.engine.hierarchy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    /** Where Linux shows which files this process has open. */
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private Path jar;
    private Path classes;

    @BeforeEach
    void write() throws IOException {
        jar = jar("library.jar", 1, "a/A");
        classes = directory.resolve("classes");
        Files.createDirectories(classes.resolve("a"));
        Files.write(classes.resolve("a/A.class"), new byte[] {2});
        Files.write(classes.resolve("a/B.class"), new byte[] {2});
    }

    private Path jar(String file, int content, String name) throws IOException {
        Path jar = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name + ".class"));
            zip.write(content);
        }
        return jar;
    }

    @Test
    void should_find_the_first_when_several_entries_have_a_class() throws IOException {
        try (ClassPath path = new ClassPath(List.of(directory.resolve("none.jar"), jar, classes))) {
            assertArrayEquals(new byte[] {1}, path.find("a/A"));
            assertArrayEquals(new byte[] {2}, path.find("a/B"));
            assertNull(path.find("a/C"));
        }
    }

    @Test
    void should_leave_no_jar_open_when_it_is_closed() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system does not show which files are open");
        ClassPath path = new ClassPath(List.of(jar));
        path.find("a/A");
        assertEquals(1, timesOpen());
        path.close();
        assertEquals(0, timesOpen());
        assertNull(path.find("a/A"));
    }

    @Test
    void should_read_the_new_jar_when_one_was_replaced_between_two_class_paths() throws IOException {
        try (ClassPath path = new ClassPath(List.of(jar))) {
            assertArrayEquals(new byte[] {1}, path.find("a/A"));
        }
        Files.move(jar("new.jar", 3, "b/B"), jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (ClassPath path = new ClassPath(List.of(jar))) {
            assertNull(path.find("a/A"));
            assertArrayEquals(new byte[] {3}, path.find("b/B"));
        }
    }

    private long timesOpen() throws IOException {
        try (var open = Files.list(OPEN_FILES)) {
            return open.filter(this::isOurs).count();
        }
    }

    private boolean isOurs(Path link) {
        try {
            return Files.readSymbolicLink(link).equals(jar.toRealPath());
        } catch (IOException e) {
            return false; // closed by now
        }
    }
}
