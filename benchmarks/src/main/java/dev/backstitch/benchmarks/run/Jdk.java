package dev.backstitch.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to measure on.
 *
 * @param home where it is
 * @param feature its feature version, 17 for example
 */
record Jdk(Path home, int feature) {
    private static final List<Integer> WANTED = List.of(17, 25);

    /**
     * The JDK that runs this code, if it is a wanted version, the one that {@code JAVA_HOME_25} names, and the wanted ones
     * installed beside it; one of each.
     */
    static List<Jdk> found() {
        var own = Path.of(System.getProperty("java.home"));
        var candidates = new ArrayList<Jdk>();
        at(own).ifPresent(candidates::add);
        var named = System.getenv("JAVA_HOME_25");
        if (named != null) {
            at(Path.of(named)).ifPresent(candidates::add);
        }
        try (Stream<Path> beside = Files.list(own.getParent())) {
            beside.sorted().forEach(home -> at(home).ifPresent(candidates::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var jdks = new ArrayList<Jdk>();
        for (int wanted : WANTED) {
            candidates.stream().filter(jdk -> jdk.feature == wanted).findFirst().ifPresent(jdks::add);
        }
        return jdks;
    }

    private static Optional<Jdk> at(Path home) {
        var release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
        return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    boolean hasVirtualThreads() {
        return feature >= 21;
    }
}
