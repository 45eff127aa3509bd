package dev.backstitch.tests.storms;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole corpus: {@code LongCorpusRun [module=java.base] [jars=DIRECTORY] [every=N]}. */
public final class LongCorpusRun {
    private LongCorpusRun() {}

    /** Exit status 1 when there is a failure. */
    public static void main(String[] args) throws Exception {
        int every = 1;
        for (String arg : args) {
            if (arg.startsWith("every=")) {
                every = Integer.parseInt(arg.substring("every=".length()));
            }
        }
        CorpusCount all = new CorpusCount();
        for (String arg : args) {
            if (arg.startsWith("module=")) {
                report(arg, StormCorpus.module(arg.substring("module=".length()), every), all);
            } else if (arg.startsWith("jars=")) {
                List<Path> jars = new ArrayList<>(CorpusClasses.jarsOf(Path.of(arg.substring("jars=".length()))));
                try (URLClassLoader libraries = libraries(jars)) {
                    for (Path jar : jars) {
                        report(jar.getFileName().toString(), StormCorpus.jar(jar, libraries, every), all);
                    }
                }
            }
        }
        System.out.println("all: " + all);
        System.exit(all.failures.isEmpty() ? 0 : 1);
    }

    private static void report(String what, CorpusCount count, CorpusCount all) {
        System.out.println(what + ": " + count);
        count.failures.forEach(System.out::println);
        all.add(count);
    }

    private static URLClassLoader libraries(List<Path> jars) throws java.io.IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), LongCorpusRun.class.getClassLoader());
    }
}
