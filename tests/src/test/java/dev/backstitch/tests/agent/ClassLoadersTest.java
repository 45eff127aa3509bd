package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassLoadersTest {
    private static final String CONTAINER =
            """
            package container;
            import java.net.*;
            import java.nio.file.Path;
            public class Container {
                static String run(URL[] urls, ClassLoader parent) throws Exception {
                    try (URLClassLoader loader = new URLClassLoader(urls, parent)) {
                        Class<?> type = loader.loadClass("app.EveryKind");
                        if (type.getClassLoader() != loader) { throw new AssertionError(); }
                        return (String) type.getMethod("all").invoke(null);
                    }
                }
                public static void main(String[] args) throws Exception {
                    URL[] urls = new URL[args.length - 1];
                    for (int i = 1; i < args.length; i++) { urls[i - 1] = Path.of(args[i]).toUri().toURL(); }
                    ClassLoader parent = args[0].equals("shared")
                            ? Container.class.getClassLoader() : ClassLoader.getPlatformClassLoader();
                    System.out.println(run(urls, parent));
                    System.out.println(run(urls, parent));
                }
            }
            """;

    @TempDir
    Path directory;

    private Path application() throws Exception {
        return Application.compile(directory.resolve("application"), Application.EVERY_KIND);
    }

    private Path container() throws Exception {
        return Application.compile(directory.resolve("container"), CONTAINER);
    }

    @Test
    void should_weave_when_loaders_share_the_runtime() throws Exception {
        String output = new Jvm(directory)
                .weaving()
                .classPath(container())
                .run("container.Container", "shared", application().toString())
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT.repeat(2), output);
    }

    @Test
    void should_weave_when_each_loader_has_its_own_runtime() throws Exception {
        String output = new Jvm(directory)
                .weaving()
                .with("-cp", container().toString())
                .run(
                        "container.Container",
                        "own",
                        application().toString(),
                        Jvm.RUNTIME.toString(),
                        Jvm.ANNOTATIONS.toString())
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT.repeat(2), output);
    }

    @Test
    void should_say_so_when_a_loader_does_not_find_the_runtime() throws Exception {
        Jvm jvm = new Jvm(directory).weaving().with("-cp", container().toString());
        Jvm.Result result =
                jvm.run("container.Container", "own", application().toString());
        assertTrue(result.err().contains("[backstitch] app.EveryKind cannot be rewritten; it is left as it was"), result.err());
        assertTrue(
                result.err().contains("BST-402 the frame of a rewritten method cannot be defined: "), result.err());
    }

    @Test
    void should_weave_when_two_threads_define_the_same_class_at_once() throws Exception {
        Path racers = Application.compile(
                directory.resolve("racers"),
                """
                package racers;
                import java.nio.file.*;
                import java.util.*;
                import java.util.concurrent.*;
                public class Racers extends ClassLoader {
                    static { registerAsParallelCapable(); }
                    private final Path root;
                    private final CyclicBarrier start = new CyclicBarrier(4);
                    Racers(Path root) { super(Racers.class.getClassLoader()); this.root = root; }
                    /** No lock, as some loaders have it: all threads define, one wins, the others take its class. */
                    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        if (!name.startsWith("app.")) { return super.loadClass(name, resolve); }
                        Class<?> loaded = findLoadedClass(name);
                        if (loaded != null) { return loaded; }
                        try {
                            byte[] b = Files.readAllBytes(root.resolve(name.replace('.', '/') + ".class"));
                            start.await();
                            try {
                                return defineClass(name, b, 0, b.length);
                            } catch (LinkageError duplicate) {
                                return findLoadedClass(name);
                            }
                        } catch (Exception e) {
                            throw new ClassNotFoundException(name, e);
                        }
                    }
                    static Thread daemon(Runnable task) {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        return thread;
                    }
                    public static void main(String[] args) throws Exception {
                        ExecutorService threads = Executors.newFixedThreadPool(4, Racers::daemon);
                        Set<Object> results = new HashSet<>();
                        for (int round = 0; round < 50; round++) {
                            Racers loader = new Racers(Path.of(args[0]));
                            List<Future<Object>> runs = new ArrayList<>();
                            Set<Class<?>> types = ConcurrentHashMap.newKeySet();
                            for (int i = 0; i < 4; i++) {
                                runs.add(threads.submit(() -> {
                                    Class<?> type = loader.loadClass("app.EveryKind");
                                    types.add(type);
                                    return type.getMethod("all").invoke(null);
                                }));
                            }
                            for (Future<Object> run : runs) { results.add(run.get()); }
                            if (types.size() != 1) { throw new AssertionError(types); }
                        }
                        results.forEach(System.out::println);
                    }
                }
                """);
        String output = new Jvm(directory)
                .weaving()
                .classPath(racers)
                .run("racers.Racers", application().toString())
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_weave_when_many_threads_load_many_classes() throws Exception {
        String[] sources = new String[21];
        for (int i = 0; i < 20; i++) {
            sources[i] = "package app;\n" + Application.IMPORTS
                    + """
                    public class Part%d {
                        @Generator public static Gen<Integer> count(int from) {
                            for (int i = from; i < from + 3; i++) { Gen.yield(i); }
                            return Gen.end();
                        }
                    }
                    """
                            .formatted(i);
        }
        sources[20] =
                """
                package app;
                import java.util.*;
                import java.util.concurrent.*;
                public class Many {
                    static int sum(int from) throws Exception {
                        int sum = 0;
                        for (int i = 0; i < 20; i++) {
                            Class<?> part = Class.forName("app.Part" + (from + i) % 20);
                            for (Object n : (Iterable<?>) part.getMethod("count", int.class).invoke(null, 1)) { sum += (Integer) n; }
                        }
                        return sum;
                    }
                    static Thread daemon(Runnable task) {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        return thread;
                    }
                    public static void main(String[] args) throws Exception {
                        ExecutorService threads = Executors.newFixedThreadPool(4, Many::daemon);
                        CyclicBarrier start = new CyclicBarrier(4);
                        List<Future<Integer>> sums = new ArrayList<>();
                        for (int t = 0; t < 4; t++) {
                            int from = t % 2;
                            sums.add(threads.submit(() -> { start.await(); return sum(from); }));
                        }
                        for (Future<Integer> sum : sums) { System.out.print(sum.get() + " "); }
                    }
                }
                """;
        Path classes = Application.compile(directory.resolve("many"), sources);
        assertEquals(
                "120 120 120 120 ",
                new Jvm(directory).weaving().classPath(classes).run("app.Many").quietOutput());
    }

    @Test
    void should_load_nothing_of_the_application_when_transforming() throws Exception {
        Path shapes = Application.compile(
                directory.resolve("shapes"),
                "package app;\n" + Application.IMPORTS
                        + """
                        public class Lazy {
                            @Generator static Gen<Object> some(boolean round, Shape other) {
                                Shape shape = round ? new Circle() : new Square();
                                Gen.yield(shape.area());
                                Object both = round ? shape : other;
                                Gen.yield(both == shape);
                                return Gen.end();
                            }
                            public static String all() {
                                StringBuilder s = new StringBuilder();
                                for (Object o : some(true, null)) { s.append(o).append(' '); }
                                return s.toString();
                            }
                        }
                        """,
                "package app; public interface Shape { int area(); }",
                "package app; public class Circle implements Shape { public int area() { return 3; } }",
                "package app; public class Square implements Shape { public int area() { return 4; } }");
        Path watcher = Application.compile(
                directory.resolve("watcher"),
                """
                package watcher;
                import java.nio.file.*;
                import java.util.*;
                public class Watcher extends ClassLoader {
                    private final Path root;
                    private final Set<String> asked = new TreeSet<>();
                    private boolean defining;
                    Watcher(Path root) { super(Watcher.class.getClassLoader()); this.root = root; }
                    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        if (defining) { asked.add(name); }
                        return super.loadClass(name, resolve);
                    }
                    @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                        try {
                            byte[] b = Files.readAllBytes(root.resolve(name.replace('.', '/') + ".class"));
                            defining = name.equals("app.Lazy");
                            return defineClass(name, b, 0, b.length);
                        } catch (java.io.IOException e) {
                            throw new ClassNotFoundException(name, e);
                        } finally {
                            defining = false;
                        }
                    }
                    public static void main(String[] args) throws Exception {
                        Watcher loader = new Watcher(Path.of(args[0]));
                        System.out.println(loader.loadClass("app.Lazy").getMethod("all").invoke(null));
                        System.out.println(loader.asked.contains("dev.backstitch.Gen"));
                        loader.asked.removeIf(name -> !name.startsWith("app."));
                        System.out.println(loader.asked);
                    }
                }
                """);
        String output = new Jvm(directory)
                .weaving()
                .classPath(watcher)
                .run("watcher.Watcher", shapes.toString())
                .quietOutput();
        // The generator's frame was defined meanwhile, so its superclass was asked for, and nothing else of ours.
        assertEquals(String.join(System.lineSeparator(), "3 true ", "true", "[]", ""), output);
    }
}
