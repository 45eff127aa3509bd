package dev.backstitch.tests.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Swing with a window on a display: the one there is, or a virtual one. Without either there is {@code SchedulerTest}. */
class SwingDisplayTest {
    private Process server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    /** The display to use; null when there is none and no program to make one. */
    private String display() throws IOException {
        String own = System.getenv("DISPLAY");
        if (own != null && !own.isEmpty()) {
            return own;
        }
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "Xvfb")));
        if (!found) {
            return null;
        }
        server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = new BufferedReader(new InputStreamReader(server.getInputStream())).readLine();
        assertNotNull(number, "Xvfb has made no display");
        return ":" + number;
    }

    @Test
    void should_run_coroutines_on_swings_thread_when_there_is_a_window() throws Exception {
        String display = display();
        assumeTrue(display != null, "no display, and no Xvfb to make one");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
                        SwingWindow.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("DISPLAY", display);
        Process program = builder.start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("loaded, at home\n", output.replace("\r\n", "\n"));
        assertEquals(0, program.waitFor());
    }
}
