package dev.backstitch.examples.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Makes a large documentation tree, by the JDK's javadoc tool. */
final class Javadoc {
    private Javadoc() {}

    /**
     * Writes the documentation of all modules in {@code project} below {@code work}: with private members, pages of uses,
     * and the sources as pages.
     *
     * @return the tree's directory
     * @throws IOException if the tool fails; its output is in {@code javadoc.log}
     */
    static Path make(Path project, Path work) throws IOException {
        Path tree = work.resolve("apidocs");
        delete(tree);
        Files.createDirectories(tree);
        ToolProvider javadoc = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new IOException("this Java has no javadoc tool; run the demo with a JDK"));
        List<String> arguments = new ArrayList<>(List.of(
                "-d", tree.toString(), "-private", "-use", "-linksource", "-splitindex", "-author", "-quiet",
                "-Xdoclint:none", "--release", "17", "-encoding", "UTF-8", "-docencoding", "UTF-8",
                "-doctitle", "Backstitch", "-windowtitle", "Backstitch",
                "--class-path", System.getProperty("java.class.path"),
                // What some module needs beyond our class path is no reason to have no documentation.
                "--ignore-source-errors"));
        sources(project).forEach(source -> arguments.add(source.toString()));
        Path log = work.resolve("javadoc.log");
        try (var writer = new PrintWriter(Files.newBufferedWriter(log))) {
            int code = javadoc.run(writer, writer, arguments.toArray(String[]::new));
            if (code != 0) {
                throw new IOException("javadoc ended with exit code " + code + "; see " + log);
            }
        }
        return tree;
    }

    /** The Java files of the modules, without module descriptors: documented together, they are no modules. */
    private static List<Path> sources(Path project) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.sorted().toList()) {
                Path root = module.resolve("src/main/java");
                if (Files.isDirectory(root)) {
                    try (Stream<Path> files = Files.walk(root)) {
                        files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("module-info.java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
        }
        if (sources.isEmpty()) {
            throw new IOException("no Java files in the modules of " + project);
        }
        return sources;
    }

    static long countPages(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(f -> f.toString().endsWith(".html")).count();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
