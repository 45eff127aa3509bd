package dev.backstitch.agent.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarWeaverTest extends CommandLineTest {
    private static byte[] numbers;

    @BeforeEach
    void compileOnce() throws IOException {
        numbers = numbers != null ? numbers : Files.readAllBytes(compile("classes", "app/Numbers", NUMBERS).resolve("app/Numbers.class"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path simpleJar() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(JarReader.MANIFEST, text("Manifest-Version: 1.0\n\n"));
        entries.put("z.txt", text("last letter, first file"));
        entries.put("app/Numbers.class", numbers);
        entries.put("a.txt", text("text"));
        return jar("app.jar", entries);
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
        }
    }

    private static Object run(Path jar) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, JarWeaverTest.class.getClassLoader())) {
            var all = Class.forName("app.Numbers", true, loader).getDeclaredMethod("all");
            all.setAccessible(true);
            return all.invoke(null);
        }
    }

    @Test
    void should_keep_order_and_times_and_run_when_a_jar_is_rewritten() throws Exception {
        Path jar = simpleJar();
        assertEquals(0, execute("weave", jar), err::toString);
        assertEquals(
                List.of(JarReader.MANIFEST, "z.txt", "app/Numbers$numbers$$Frame.class", "app/Numbers.class", "a.txt"),
                names(jar));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                assertEquals("2020-02-02T02:02", entry.getTimeLocal().toString(), entry.getName());
            }
        }
        assertEquals(List.of(0, 1, 2), run(jar));
    }

    @Test
    void should_give_equal_jars_when_equal_jars_are_rewritten() throws IOException {
        Path jar = simpleJar();
        Path copy = Files.copy(jar, directory.resolve("copy.jar"));
        assertEquals(0, execute("weave", jar, copy));
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(copy));
        byte[] once = Files.readAllBytes(jar);
        assertEquals(0, execute("weave", jar));
        assertArrayEquals(once, Files.readAllBytes(jar));
    }

    @Test
    void should_put_frames_beside_their_class_when_a_jar_is_for_several_releases() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(JarReader.MANIFEST, text("Manifest-Version: 1.0\nMulti-Release: true\n\n"));
        entries.put("app/Numbers.class", numbers);
        byte[] newer = Files.readAllBytes(
                compile("newer", "app/Numbers", NUMBERS.replace("numbers(3)", "numbers(4)")).resolve("app/Numbers.class"));
        entries.put("META-INF/versions/17/app/Numbers.class", newer);
        Path jar = jar("multi.jar", entries);
        assertEquals(0, execute("weave", jar), err::toString);
        assertTrue(names(jar).containsAll(List.of(
                "app/Numbers$numbers$$Frame.class", "META-INF/versions/17/app/Numbers$numbers$$Frame.class")));
        assertEquals(List.of(0, 1, 2, 3), run(jar));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../Evil.class", "/etc/Evil.class", "a/../../Evil.class", "..\\Evil.class", "C:/Evil.class"})
    void should_exit_with_3_when_an_entry_leads_out_of_the_jar(String name) throws IOException {
        Path jar = jar("evil.jar", Map.of(name, numbers));
        byte[] before = Files.readAllBytes(jar);
        assertEquals(3, execute("weave", jar));
        assertTrue(err.toString().contains("leads out of it, '" + name + "'"), err.toString());
        assertArrayEquals(before, Files.readAllBytes(jar));
    }

    @Test
    void should_exit_with_3_when_a_class_grows_out_of_all_proportion() throws IOException {
        byte[] bomb = new byte[40 << 20];
        Path jar = jar("bomb.jar", Map.of("app/Numbers.class", numbers, "Bomb.class", bomb));
        assertTrue(Files.size(jar) < 1 << 17);
        assertEquals(3, execute("weave", jar));
        assertTrue(err.toString().contains("out of all proportion when it is read, at 'Bomb.class'"), err.toString());
    }

    @Test
    void should_refuse_a_signed_jar_and_strip_it_when_asked() throws Exception {
        Path jar = simpleJar();
        sign(jar);
        byte[] before = Files.readAllBytes(jar);
        assertEquals(3, execute("weave", jar));
        assertTrue(err.toString().contains("app.jar is signed, and rewriting app/Numbers.class would break"), err.toString());
        assertArrayEquals(before, Files.readAllBytes(jar));

        assertEquals(0, execute("weave", "--signed=strip", jar), err::toString);
        assertTrue(names(jar).stream().noneMatch(JarReader::isSignature), names(jar)::toString);
        try (JarFile read = new JarFile(jar.toFile(), true)) {
            Manifest manifest = new Manifest(
                    new ByteArrayInputStream(read.getInputStream(read.getEntry(JarReader.MANIFEST)).readAllBytes()));
            assertEquals(Map.of(), manifest.getEntries());
        }
        assertEquals(List.of(0, 1, 2), run(jar));
    }

    @Test
    void should_leave_a_signed_jar_alone_when_nothing_in_it_suspends() throws Exception {
        Path jar = jar("plain.jar", Map.of(JarReader.MANIFEST, text("Manifest-Version: 1.0\n\n"), "a.txt", text("a")));
        sign(jar);
        byte[] before = Files.readAllBytes(jar);
        assertEquals(0, execute("weave", jar));
        assertArrayEquals(before, Files.readAllBytes(jar));
    }

    private void sign(Path jar) throws Exception {
        Path store = directory.resolve("keys");
        tool("keytool", "-genkeypair", "-alias", "me", "-keyalg", "EC", "-dname", "CN=me", "-keystore", store.toString(),
                "-storepass", "secret");
        tool("jarsigner", "-keystore", store.toString(), "-storepass", "secret", jar.toString(), "me");
    }

    private void tool(String... command) throws Exception {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
