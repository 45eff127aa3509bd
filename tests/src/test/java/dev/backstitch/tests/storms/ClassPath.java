package dev.backstitch.tests.storms;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path of the JVM that runs this. */
final class ClassPath {
    private ClassPath() {}

    static List<Path> entries() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .map(Path::of)
                .toList();
    }

    /** The one jar that is called {@code name-VERSION.jar}, or {@code name-VERSION-tests.jar} for {@code name:tests}. */
    static Path jar(String name) {
        String[] parts = name.split(":");
        Pattern file = Pattern.compile(
                Pattern.quote(parts[0]) + "-[0-9][^-]*(-SNAPSHOT)?" + (parts.length == 1 ? "" : "-" + parts[1]) + "\\.jar");
        List<Path> found = entries().stream()
                .filter(entry -> file.matcher(String.valueOf(entry.getFileName())).matches())
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + " on the class path: " + found);
        }
        return found.get(0);
    }

    /** A space and the version of the {@link #jar} that is called so. */
    static String versionOf(String name) {
        return jar(name).getFileName().toString().replaceFirst("^.*-([0-9][^-]*).*\\.jar$", " $1");
    }

    /** The jar or the directory that a class comes from. */
    static Path of(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static String join(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
