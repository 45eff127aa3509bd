package dev.backstitch.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.examples.JavaProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs as a user runs them, each in a JVM of its own. */
class ServeCommandTest {

    @Test
    void should_stop_gracefully_when_it_is_told_by_control_c() throws Exception {
        JavaProcess.assumeCtrlC();
        Process server = JavaProcess.startWoven(List.of(), ServeCommand.class, "--port=0");
        try (var output = server.inputReader()) {
            String serving = output.readLine();
            assertTrue(serving.startsWith("Serving at http://"), serving);
            URI page = URI.create(serving.substring("Serving at ".length()));
            var client = HttpClient.newHttpClient();
            assertEquals("Hello, you!\n", client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body());
            var slow = client.sendAsync(
                    HttpRequest.newBuilder(page.resolve("/wait?millis=300")).build(), BodyHandlers.ofString());
            // One that is answered later was surely sent before the signal.
            client.send(HttpRequest.newBuilder(page.resolve("/wait?millis=50")).build(), BodyHandlers.ofString());
            JavaProcess.sendCtrlC(server);
            assertEquals("waited 300 ms\n", slow.get().body());
            assertEquals(List.of("Stopping ...", "Stopped; requests cancelled: 0"), output.lines().toList());
            assertEquals(0, server.waitFor());
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void should_print_a_row_for_each_page_when_the_load_is_measured() throws Exception {
        var result = JavaProcess.runWoven(List.of(), LoadTest.class, "--connections=4", "--seconds=0.05",
                "--rounds=1");
        assertEquals(0, result.exitCode(), result.output());
        assertEquals(4, result.output().lines().filter(line -> line.contains("| coroutines, one thread |")).count(),
                result.output());
        assertEquals(4, result.output().lines().filter(line -> line.contains("| virtual threads |")).count(),
                result.output());
    }
}
