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

    @Option(names = "--seconds", description = "How long a round is (${DEFAULT-VALUE}).")
    double seconds = 3;

    @Option(names = "--rounds", description = "How often, turn about, each is measured; the best round counts (${DEFAULT-VALUE}).")
    int rounds = 3;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadTest()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.out.printf(Locale.ROOT, "Java %s, %d processors, %d connections, best of %d rounds of %s s, turn about%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), connections, rounds, seconds);
        System.out.println("| page | handlers | requests/s | median | 99 % |");
        System.out.println("|---|---|---|---|---|");
        var coroutines = new HttpServer(0, new Board().router(), (request, failure) -> failure.printStackTrace());
        try (VirtualThreadServer threads = virtualThreads()) {
            for (Map.Entry<String, String> page : PAGES.entrySet()) {
                LoadClient.Result one = null;
                LoadClient.Result other = null;
                for (int round = 0; round <= rounds; round++) { // the first is to warm up
                    one = best(round < 2 ? null : one, page.getValue(), coroutines.port());
                    other = threads == null ? null : best(round < 2 ? null : other, page.getValue(), threads.port());
                }
                print(page.getKey(), "coroutines, one thread", one);
                print(page.getKey(), "virtual threads", other);
            }
        }
        coroutines.stop(Duration.ZERO).join();
        return 0;
    }

    /** The server with virtual threads; null where this JVM has none. */
    private static VirtualThreadServer virtualThreads() {
        try {
            return new VirtualThreadServer();
        } catch (ReflectiveOperationException old) {
            return null;
        }
    }

    private LoadClient.Result best(LoadClient.Result before, String path, int port) throws IOException {
        LoadClient.Result now = LoadClient.run(port, path, connections, seconds);
        return before != null && before.perSecond() > now.perSecond() ? before : now;
    }

    private static void print(String page, String how, LoadClient.Result result) {
        if (result == null) {
            System.out.println("| " + page + " | " + how + " | not in this Java | | |");
        } else {
            System.out.printf(Locale.ROOT, "| %s | %s | %,.0f | %.1f ms | %.1f ms |%n", page, how, result.perSecond(),
                    result.millis(0.5), result.millis(0.99));
        }
    }
}
