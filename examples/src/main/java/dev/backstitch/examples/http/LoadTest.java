package dev.backstitch.examples.http;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The same handlers as coroutines on Netty's thread and as blocking code on virtual threads, asked over the loopback
 * interface by a client in the same JVM. The client takes its share of the machine from both alike.
 */
@Command(name = "load", mixinStandardHelpOptions = true, description = "Measures the example server.")
public final class LoadTest implements Callable<Integer> {
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("answer at once", "/hello/you");
        PAGES.put("wait 5 ms", "/wait?millis=5");
        PAGES.put("three waits at once, 5 ms", "/together?millis=5");
        PAGES.put("stream 9 kB in 9 pieces", "/numbers?to=2000");
    }

    @Option(names = "--connections", description = "How many clients at once (${DEFAULT-VALUE}).")
    int connections = 256;

    @Option(names = "--seconds", description = "How long each page is asked for, and before that to warm up (${DEFAULT-VALUE}).")
    double seconds = 4;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadTest()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.out.printf(Locale.ROOT, "Java %s, %d processors, %d connections, %s s a page after as much to warm up%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), connections, seconds);
        System.out.println("| page | handlers | requests/s | median | 99 % |");
        System.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            var server = new HttpServer(0, new Board().router(), (request, failure) -> failure.printStackTrace());
            measure(page, "coroutines, one thread", server.port());
            server.stop(Duration.ZERO).join();
            try (var threads = new VirtualThreadServer()) {
                measure(page, "virtual threads", threads.port());
            } catch (ReflectiveOperationException old) {
                System.out.println("| " + page.getKey() + " | virtual threads | not in this Java | | |");
            }
        }
        return 0;
    }

    private void measure(Map.Entry<String, String> page, String how, int port) throws IOException {
        LoadClient.run(port, page.getValue(), connections, seconds);
        LoadClient.Result result = LoadClient.run(port, page.getValue(), connections, seconds);
        System.out.printf(Locale.ROOT, "| %s | %s | %,.0f | %.1f ms | %.1f ms |%n", page.getKey(), how, result.perSecond(),
                result.millis(0.5), result.millis(0.99));
    }
}
