package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache Felix: the runtime as a bundle, and two bundles of an application that use it. */
class OsgiTest {
    private static final Path FELIX = Jvm.jarOf("org.apache.felix.framework.Felix");

    /** Starts the framework with the bundles, and updates the last one: its classes come from a new loader then. */
    private static final String HOST =
            """
            package host;
            import java.nio.file.Path;
            import java.util.*;
            import org.osgi.framework.*;
            import org.osgi.framework.launch.*;
            public class Host {
                public static void main(String[] args) throws Exception {
                    Framework framework = ServiceLoader.load(FrameworkFactory.class).iterator().next()
                            .newFramework(Map.of("org.osgi.framework.storage", args[0]));
                    framework.start();
                    List<Bundle> bundles = new ArrayList<>();
                    for (String jar : Arrays.asList(args).subList(1, args.length)) {
                        bundles.add(framework.getBundleContext().installBundle(Path.of(jar).toUri().toString()));
                    }
                    for (Bundle bundle : bundles) { bundle.start(); }
                    bundles.get(bundles.size() - 1).update();
                    framework.stop();
                    framework.waitForStop(0);
                }
            }
            """;
    private static final String LIBRARY = "package library;\n" + Application.IMPORTS
            + """
            import java.util.concurrent.CompletableFuture;
            public class Prices {
                @Async public static Coroutine<Integer> price(CompletableFuture<Integer> of) {
                    return Coroutine.of(await(of) + 1);
                }
                @Async @Generator public static AsyncGen<Integer> prices(List<CompletableFuture<Integer>> of) {
                    for (CompletableFuture<Integer> one : of) { Gen.yield(await(price(one))); }
                    return AsyncGen.end();
                }
            }
            """;
    private static final String ACTIVATOR = "package app;\n" + Application.IMPORTS
            + """
            import java.util.concurrent.CompletableFuture;
            import library.Prices;
            import org.osgi.framework.*;
            public class Activator implements BundleActivator {
                @Async static CompletableFuture<Integer> sum(List<CompletableFuture<Integer>> of) {
                    int sum = 0;
                    for (int price : awaitEach(Prices.prices(of))) { sum += price; }
                    return CompletableFuture.completedFuture(sum);
                }
                public void start(BundleContext context) {
                    var first = new CompletableFuture<Integer>();
                    var second = new CompletableFuture<Integer>();
                    CompletableFuture<Integer> sum = sum(List.of(first, second));
                    boolean waits = !sum.isDone();
                    first.complete(10);
                    second.complete(20);
                    System.out.println(EveryKind.all() + " " + waits + " " + sum.join());
                }
                public void stop(BundleContext context) { System.out.println("stopped"); }
            }
            """;
    private static final String OUTPUT = (Application.EVERY_KIND_OUTPUT.strip() + " true 32\nstopped\n").repeat(2);

    @TempDir
    private Path directory;

    private Path library;
    private Path app;

    @BeforeEach
    void compile() throws Exception {
        Path libraryClasses = Application.compile(directory.resolve("library"), LIBRARY);
        library = Jars.write(
                directory.resolve("library.jar"),
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "library",
                        "Export-Package", "library",
                        "Import-Package", "dev.backstitch"),
                libraryClasses);
        Path appClasses = Application.compile(
                directory.resolve("app"),
                List.of("-cp", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS, FELIX, libraryClasses))),
                Application.EVERY_KIND,
                ACTIVATOR);
        app = Jars.write(
                directory.resolve("app.jar"),
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "app",
                        "Bundle-Activator", "app.Activator",
                        "Import-Package", "dev.backstitch,dev.backstitch.loop,library,org.osgi.framework"),
                appClasses);
    }

    private Jvm host() throws Exception {
        Path host = Application.compile(directory.resolve("host"), List.of("-cp", FELIX.toString()), HOST);
        return new Jvm(directory).with("-cp", Jvm.path(List.of(host, FELIX)));
    }

    private String run(Jvm jvm) throws Exception {
        String output = jvm.run(
                        "host.Host",
                        directory.resolve("storage").toString(),
                        Jvm.RUNTIME.toString(),
                        library.toString(),
                        app.toString())
                .mustSucceed(); // Felix makes newer JVMs warn of what it does
        return output.replace("\r\n", "\n");
    }

    @Test
    void should_run_in_felix_when_the_agent_rewrites_bundles() throws Exception {
        assertEquals(OUTPUT, run(host().weaving()));
    }

    @Test
    void should_run_in_felix_when_bundles_were_rewritten_before() throws Exception {
        Jars.weave(directory, library, app);
        assertEquals(OUTPUT, run(host()));
    }

    @Test
    void should_export_what_the_module_exports_when_the_runtime_is_a_bundle() throws Exception {
        for (Path jar : List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)) {
            TreeSet<String> exported = ModuleFinder.of(jar).findAll().iterator().next().descriptor().exports().stream()
                    .map(Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
            try (JarFile file = new JarFile(jar.toFile())) {
                var headers = file.getManifest().getMainAttributes();
                TreeSet<String> packages = Pattern.compile("dev(\\.\\w+)+(?=;version)|dev(\\.\\w+)+(?=;uses)")
                        .matcher(headers.getValue("Export-Package"))
                        .results()
                        .map(found -> found.group())
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(exported, packages);
                String imported = String.valueOf(headers.getValue("Import-Package"));
                assertTrue(imported.equals("null") || imported.endsWith("javax.swing;resolution:=optional"), imported);
            }
        }
    }
}
