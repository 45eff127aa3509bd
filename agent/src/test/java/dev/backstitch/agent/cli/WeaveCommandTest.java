package dev.backstitch.agent.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class WeaveCommandTest extends CommandLineTest {
    @Test
    void should_exit_with_2_when_there_is_nothing_to_rewrite() {
        assertEquals(2, execute("weave"));
        assertTrue(err.toString().contains("DIRECTORY|JAR"), err.toString());
    }

    @Test
    void should_exit_with_2_when_a_file_is_not_there() {
        assertEquals(2, execute("weave", directory.resolve("nowhere").toString()));
        assertTrue(err.toString().startsWith("no such file or directory: "), err.toString());
    }

    @Test
    void should_exit_with_70_when_a_jar_is_none() throws IOException {
        Path jar = directory.resolve("no.jar");
        Files.writeString(jar, "not a jar");
        assertEquals(70, execute("weave", jar.toString()));
        assertEquals("not a jar", Files.readString(jar));
    }

    @Test
    void should_leave_a_jar_as_it_is_when_nothing_in_it_suspends() throws IOException {
        Path jar = directory.resolve("plain.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write("dev/backstitch/".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        byte[] before = Files.readAllBytes(jar);
        assertEquals(0, execute("weave", jar.toString(), directory.toString()));
        assertArrayEquals(before, Files.readAllBytes(jar));
        assertTrue(out.toString().contains("plain.jar: 0 classes rewritten, 0 frames, 0 refused"), out.toString());
    }
}
