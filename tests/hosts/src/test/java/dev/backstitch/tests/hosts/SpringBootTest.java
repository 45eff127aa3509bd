package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spring Boot's executable jar, with the runtime as a jar in the jar. The program asks itself for what its controllers
 * serve, and then what Spring and Jackson have found in its classes: nothing that the rewriter has added.
 */
class SpringBootTest {
    private static final List<Path> LIBRARIES = Jars.ofClassPath(
            "spring-", "tomcat-embed-", "jakarta.annotation-", "jackson-", "micrometer-", "commons-logging-", "logback-",
            "slf4j-api-", "jul-to-slf4j-", "log4j-", "snakeyaml-", "reactor-core-", "reactive-streams-", "jspecify-");

    private static final String MAIN = "package boot;\n" + Application.IMPORTS
            + """
            import java.net.URI;
            import java.net.http.*;
            import java.util.stream.*;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.*;
            import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
            @SpringBootApplication
            public class Main {
                static String get(ApplicationContext context, String path) throws Exception {
                    int port = context.getEnvironment().getProperty("local.server.port", Integer.class);
                    return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body().strip().replace("\\n\\n", ";");
                }
                public static void main(String[] args) throws Exception {
                    try (ConfigurableApplicationContext context = SpringApplication.run(Main.class, args)) {
                        for (String path : List.of("/price?item=apple", "/squares?n=3", "/price?item=ghost")) {
                            System.out.println(get(context, path));
                        }
                        System.out.println(Stream.of(context.getBeanDefinitionNames())
                                .filter(name -> context.getType(name).getName().startsWith("boot.")).sorted().toList());
                        System.out.println(context.getBean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet()
                                .stream().flatMap(info -> info.getPatternValues().stream()).distinct().sorted().toList());
                        System.out.println(context.getBean("greeting") + " " + Settings.made);
                        System.out.println(context.getBean(Background.class).getClass() != Background.class);
                        System.out.println(context.getBean(Background.class).work("x").join());
                    }
                }
            }
            """;
    private static final String API = "package boot;\n" + Application.IMPORTS
            + """
            import java.util.concurrent.*;
            import org.springframework.http.*;
            import org.springframework.web.bind.annotation.*;
            @RestController
            public class Api {
                private final int factor = 3;

                /** Serialised by its getters; a generator is one of them. */
                public record Price(String item, int cents) {
                    @Generator public Iterable<Integer> getDigits() {
                        for (int n = cents; n > 0; n /= 10) { Gen.yield(n % 10); }
                        return null;
                    }
                    @Async Coroutine<Integer> gross() { return Coroutine.of(await(Coroutine.of(cents)) * 2); }
                }

                private CompletableFuture<Integer> lookUp(String item) {
                    return CompletableFuture.supplyAsync(() -> {
                        if (item.equals("ghost")) { throw new NoSuchElementException(item); }
                        return item.length() * factor;
                    });
                }
                @Async @GetMapping("/price")
                public CompletableFuture<Price> price(@RequestParam String item) {
                    int cents = await(lookUp(item)) + await(lookUp(item));
                    return CompletableFuture.completedFuture(new Price(item, cents));
                }
                @Async @Generator @GetMapping(path = "/squares", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
                public Flow.Publisher<Map<String, Integer>> squares(@RequestParam int n) {
                    for (int i = 1; i <= n; i++) {
                        await(lookUp("x"));
                        Gen.yield(Map.of("square", i * i));
                    }
                    return null;
                }
                @ExceptionHandler
                public ResponseEntity<String> missing(NoSuchElementException e) {
                    return ResponseEntity.status(404).body("no " + e.getMessage());
                }
            }
            """;
    private static final String SETTINGS = "package boot;\n" + Application.IMPORTS
            + """
            import org.springframework.context.annotation.*;
            @Configuration
            public class Settings {
                static int made;
                @Generator Iterator<String> words() {
                    Gen.yield("hello");
                    Gen.yield("world " + made);
                    return null;
                }
                @Bean String greeting() {
                    made++;
                    Iterator<String> words = words();
                    return words.next() + " " + words.next();
                }
            }
            """;

    /** A subclass that Spring makes stands between it and its callers. */
    private static final String BACKGROUND = "package boot;\n" + Application.IMPORTS
            + """
            import java.util.concurrent.CompletableFuture;
            import org.springframework.context.annotation.*;
            import org.springframework.scheduling.annotation.EnableAsync;
            import org.springframework.stereotype.Component;
            @Component
            @EnableAsync(proxyTargetClass = true)
            public class Background {
                private final String name = "background";
                @Async protected Coroutine<String> step(String of) {
                    String given = await(Coroutine.of(of));
                    return Coroutine.of(name + " " + given);
                }
                @org.springframework.scheduling.annotation.Async
                @Async public CompletableFuture<String> work(String of) {
                    String done = await(CompletableFuture.supplyAsync(() -> of + of));
                    return CompletableFuture.completedFuture(await(step(done)));
                }
            }
            """;
    private static final String OUTPUT =
            """
            {"item":"apple","cents":30,"digits":[0,3]}
            data:{"square":1};data:{"square":4};data:{"square":9}
            no ghost
            [api, background, main, settings]
            [/error, /price, /squares]
            hello world 1 1
            true
            background xx
            """;

    @TempDir
    private Path directory;

    private Path compile() throws Exception {
        List<Path> path = new ArrayList<>(LIBRARIES);
        path.addAll(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS));
        return Application.compile(
                directory.resolve("classes"),
                List.of("-parameters", "-cp", Jvm.path(path)),
                MAIN, API, SETTINGS, BACKGROUND);
    }

    /** What Boot's own plugins for build tools make. */
    private Path fatJar(Path classes) throws Exception {
        Path jar = directory.resolve("app.jar");
        Map<String, String> headers = Map.of(
                "Main-Class", "org.springframework.boot.loader.launch.JarLauncher",
                "Start-Class", "boot.Main",
                "Spring-Boot-Classes", "BOOT-INF/classes/",
                "Spring-Boot-Lib", "BOOT-INF/lib/");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), Jars.manifest(headers));
                JarFile loader = new JarFile(Jars.ofClassPath("spring-boot-loader-").get(0).toFile())) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) loader.entries()::asIterator) {
                if (entry.getName().startsWith("org/")) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = loader.getInputStream(entry)) {
                        content.transferTo(out);
                    }
                }
            }
            Jars.add(out, "BOOT-INF/classes/", classes);
            for (Path library : LIBRARIES) {
                if (!library.getFileName().toString().startsWith("spring-boot-loader-")) {
                    Jars.store(out, "BOOT-INF/lib/" + library.getFileName(), library);
                }
            }
            Jars.store(out, "BOOT-INF/lib/runtime.jar", Jvm.RUNTIME);
        }
        return jar;
    }

    private String run(Jvm jvm, Path jar) throws Exception {
        String output = jvm.run(
                        "-jar",
                        jar.toString(),
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn")
                .quietOutput();
        return output.replace("\r\n", "\n");
    }

    @Test
    void should_serve_from_coroutines_when_the_fat_jar_is_started_with_the_agent() throws Exception {
        assertEquals(OUTPUT, run(new Jvm(directory).startingQuickly().weaving(), fatJar(compile())));
    }

    @Test
    void should_serve_from_coroutines_when_what_is_in_the_fat_jar_was_rewritten_before() throws Exception {
        Path classes = compile();
        Jars.weave(directory, classes);
        assertEquals(OUTPUT, run(new Jvm(directory).startingQuickly(), fatJar(classes)));
    }
}
