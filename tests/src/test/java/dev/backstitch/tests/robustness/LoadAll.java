package dev.backstitch.tests.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code LoadAll DIRECTORY}: loads and links each class file there, and tells which the JVM took; initialises none. */
public final class LoadAll extends ClassLoader {
    private LoadAll() {
        super(LoadAll.class.getClassLoader());
    }

    public static void main(String[] args) throws IOException {
        in(Path.of(args[0])).forEach((file, taken) -> System.out.println(file + " " + taken));
        System.out.println("lives on");
    }

    /** Which of the class files in {@code directory} this JVM takes, by name. */
    static Map<String, Boolean> in(Path directory) throws IOException {
        Map<String, Boolean> taken = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                taken.put(file.getFileName().toString(), new LoadAll().takes(Files.readAllBytes(file)));
            }
        }
        return taken;
    }

    private boolean takes(byte[] classFile) {
        try {
            Class<?> type = defineClass(null, classFile, 0, classFile.length);
            if (type.isInterface()) {
                type.getDeclaredMethods(); // links it
            } else {
                type.getDeclaredConstructors();
            }
            return true;
        } catch (LinkageError | SecurityException | IllegalArgumentException | TypeNotPresentException e) {
            return false;
        }
    }
}
