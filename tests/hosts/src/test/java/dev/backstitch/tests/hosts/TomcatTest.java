package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An embedded Tomcat, and a web application with the runtime in its {@code WEB-INF/lib}: nothing outside of its class
 * loader knows Backstitch. Tomcat says so if an application that it stops has left threads, thread-locals or timers.
 */
class TomcatTest {
    private static final List<Path> TOMCAT = Jars.ofClassPath("tomcat-embed-core-", "jakarta.annotation-api-");

    /** Asks the application, reloads it, and asks again: the second time all its classes come from a new loader. */
    private static final String HOST =
            """
            package host;
            import java.net.URI;
            import java.net.http.*;
            import java.util.logging.*;
            import org.apache.catalina.Context;
            import org.apache.catalina.startup.Tomcat;
            public class Host {
                public static void main(String[] args) throws Exception {
                    Logger.getLogger("").setLevel(Level.WARNING);
                    // It warns of random numbers that come slowly.
                    Logger.getLogger("").getHandlers()[0].setFilter(r -> !r.getLoggerName().endsWith("SessionIdGeneratorBase"));
                    Tomcat tomcat = new Tomcat();
                    tomcat.setBaseDir(args[0]);
                    tomcat.setPort(0);
                    tomcat.setAddDefaultWebXmlToWebapp(false);
                    Context application = tomcat.addWebapp("/app", args[1]);
                    tomcat.getConnector();
                    tomcat.start();
                    for (int i = 0; i < 2; i++) {
                        for (String path : new String[] {"answer?to=x", "answer?to=fail", "lines?n=3", "loader"}) {
                            URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/app/" + path);
                            HttpResponse<String> response = HttpClient.newHttpClient()
                                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                            System.out.println(response.statusCode() + " " + response.body().strip());
                        }
                        application.reload();
                    }
                    tomcat.stop();
                    tomcat.destroy();
                }
            }
            """;
    private static final String SERVLETS_IMPORTS = "package web;\n" + Application.IMPORTS
            + """
            import jakarta.servlet.*;
            import jakarta.servlet.annotation.WebServlet;
            import jakarta.servlet.http.*;
            import java.io.IOException;
            import java.util.concurrent.*;
            """;

    /** A hot coroutine ends the response. */
    private static final String ANSWERS = SERVLETS_IMPORTS
            + """
            @WebServlet(urlPatterns = "/answer", asyncSupported = true)
            public class Answers extends HttpServlet {
                static CompletableFuture<String> later(String text) {
                    return CompletableFuture.supplyAsync(() -> {
                        if (text.equals("fail")) { throw new IllegalArgumentException(text); }
                        return "<" + text + ">";
                    });
                }
                @Async static CompletableFuture<String> answer(String to) {
                    String one = await(later(to));
                    return CompletableFuture.completedFuture(one + await(later(one)));
                }
                @Async private CompletableFuture<Void> respond(AsyncContext context) throws IOException {
                    HttpServletResponse response = (HttpServletResponse) context.getResponse();
                    try {
                        response.getWriter().print(await(answer(context.getRequest().getParameter("to"))));
                    } catch (IllegalArgumentException e) {
                        response.setStatus(422);
                        response.getWriter().print(e.getMessage());
                    } finally {
                        context.complete();
                    }
                    return null;
                }
                @Override protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    respond(request.startAsync());
                }
            }
            """;

    /** An asynchronous generator writes the response, as fast as it is taken. */
    private static final String LINES = SERVLETS_IMPORTS
            + """
            @WebServlet(urlPatterns = "/lines", asyncSupported = true)
            public class Lines extends HttpServlet {
                @Async @Generator static Flow.Publisher<String> lines(int n) {
                    for (int i = 0; i < n; i++) { Gen.yield(await(Answers.later("line " + i))); }
                    return null;
                }
                @Override protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    AsyncContext context = request.startAsync();
                    ServletOutputStream out = response.getOutputStream();
                    lines(Integer.parseInt(request.getParameter("n"))).subscribe(new Flow.Subscriber<>() {
                        private Flow.Subscription subscription;
                        public void onSubscribe(Flow.Subscription s) { subscription = s; s.request(1); }
                        public void onNext(String line) {
                            try {
                                out.print(line + ";");
                                subscription.request(1);
                            } catch (IOException e) {
                                subscription.cancel();
                                context.complete();
                            }
                        }
                        public void onError(Throwable failure) { context.complete(); }
                        public void onComplete() { context.complete(); }
                    });
                }
            }
            """;
    private static final String LOADER = SERVLETS_IMPORTS
            + """
            @WebServlet("/loader")
            public class Loader extends HttpServlet {
                @Generator static Gen<Object> loaders() {
                    Gen.yield(Loader.class.getClassLoader() == Gen.class.getClassLoader());
                    Gen.yield(Loader.class.getClassLoader() == Thread.currentThread().getContextClassLoader());
                    return Gen.end();
                }
                @Override protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    response.getWriter().print(loaders().stream().toList());
                }
            }
            """;
    private static final String OUTPUT =
            """
            200 <x><<x>>
            422 fail
            200 <line 0>;<line 1>;<line 2>;
            200 [true, true]
            """
                    .repeat(2);

    @TempDir
    private Path directory;

    private Path webapp;
    private Path classes;

    @BeforeEach
    void makeTheWebApplication() throws Exception {
        webapp = directory.resolve("webapp");
        classes = webapp.resolve("WEB-INF/classes");
        List<Path> path = new ArrayList<>(TOMCAT);
        path.addAll(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS));
        Application.compile(classes, List.of("-cp", Jvm.path(path)), ANSWERS, LINES, LOADER);
        Files.createDirectories(webapp.resolve("WEB-INF/lib"));
        Files.copy(Jvm.RUNTIME, webapp.resolve("WEB-INF/lib/runtime.jar"));
    }

    private Jvm tomcat() throws Exception {
        Path host = Application.compile(directory.resolve("host"), List.of("-cp", Jvm.path(TOMCAT)), HOST);
        List<Path> path = new ArrayList<>(TOMCAT);
        path.add(host);
        Jvm jvm = new Jvm(directory).startingQuickly().with("-cp", Jvm.path(path));
        // What Tomcat's own scripts open, for it to see what an application has left behind.
        for (String opened : List.of("java.lang", "java.io", "java.util", "java.util.concurrent")) {
            jvm.with("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        return jvm.with("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
    }

    private String run(Jvm jvm) throws Exception {
        String output = jvm.run("host.Host", directory.resolve("tomcat").toString(), webapp.toString()).quietOutput();
        return output.replace("\r\n", "\n");
    }

    @Test
    void should_serve_from_coroutines_when_the_agent_rewrites_the_web_application() throws Exception {
        assertEquals(OUTPUT, run(tomcat().weaving()));
    }

    @Test
    void should_serve_from_coroutines_when_the_web_application_was_rewritten_before() throws Exception {
        Jars.weave(directory, classes);
        assertEquals(OUTPUT, run(tomcat()));
    }
}
