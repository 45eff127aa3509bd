package dev.backstitch.benchmarks.startup;

import static dev.backstitch.Coroutine.await;

import com.sun.management.OperatingSystemMXBean;
import dev.backstitch.annotations.Async;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application on Spring Boot: it starts, answers one request of its own, and says how much of the processors
 * that took since the JVM was started (milliseconds, which are the same on a busy machine), how many classes were loaded, and how many bytes of heap are in use after it.
 */
@SpringBootApplication
@RestController
public class WebApplication {
    private static final int COLLECTIONS = 5;
    private static final long NANOSECONDS = 1_000_000;

    /** Answers in JSON, in pieces. */
    @Async
    @GetMapping("/sum")
    public CompletableFuture<Map<String, Integer>> sum(@RequestParam int a, @RequestParam int b) {
        int first = await(CompletableFuture.supplyAsync(() -> a));
        return CompletableFuture.completedFuture(Map.of("sum", first + await(CompletableFuture.supplyAsync(() -> b))));
    }

    /** @param args of Spring Boot */
    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(WebApplication.class, args)) {
            String port = context.getEnvironment().getProperty("local.server.port");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sum?a=1&b=2")).build();
            String body = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!body.equals("{\"sum\":3}")) {
                throw new AssertionError(body);
            }
            long ready = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOSECONDS;
            long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
            System.out.println(ready + " " + classes + " " + heap());
        }
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
