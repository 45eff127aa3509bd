package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.read.ClassReferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Rewrites the class files of a directory in place; the frames are written beside their class, and those of a class that
 * is gone or has changed are removed. Running it again changes nothing: a class that has been rewritten is left alone.
 * So a directory in which a compiler replaces some classes, and this is run, holds what it would hold if all of it had
 * been made anew.
 *
 * <p>A class file is replaced as a whole and after its frames, so that whoever stops this half-way finds only classes
 * that work. Not thread-safe; one directory at a time.
 */
public final class DirectoryWeaver {
    private static final String TEMPORARY = ".tmp";

    /** In bytes, on the usual file systems. */
    private static final int LONGEST_NAME = 255;

    private final Weaver weaver;
    private final Consumer<Diagnostic> report;

    /**
     * @param weaver what rewrites a class
     * @param report gets each refusal and warning, in the order of the files' names
     */
    public DirectoryWeaver(Weaver weaver, Consumer<Diagnostic> report) {
        this.weaver = weaver;
        this.report = report;
    }

    /**
     * How many classes became what.
     *
     * @param woven rewritten now
     * @param refused reported, and as they were
     * @param frames written beside the rewritten ones
     * @param removed frames that belonged to no class any more
     */
    public record Summary(int woven, int refused, int frames, int removed) {}

    /**
     * Rewrites every class below {@code directory}.
     *
     * @throws IOException if a file cannot be read or written; the classes handled before it are complete
     */
    public Summary weave(Path directory) throws IOException {
        List<Path> files = classFiles(directory);
        TypeHierarchy hierarchy = weaver.hierarchyWith(ClassSource.ofDirectory(directory));
        int woven = 0;
        int refused = 0;
        int frames = 0;
        for (Path file : files) {
            byte[] classFile = Files.readAllBytes(file);
            if (!weaver.mayConcern(classFile) || isDone(file, classFile)) {
                continue;
            }
            WeaveResult result = weaver.weave(classFile, hierarchy);
            if (result.outcome() == WeaveResult.Outcome.WOVEN) {
                result = withFilesFor(file, classFile, result);
            }
            result.diagnostics().forEach(report);
            switch (result.outcome()) {
                case WOVEN -> {
                    write(file, result);
                    woven++;
                    frames += result.frames().size();
                }
                case REFUSED -> refused++;
                case UNTOUCHED -> {}
            }
        }
        return new Summary(woven, refused, frames, removeOrphans(files));
    }

    /** The class files below {@code directory}, by name. */
    static List<Path> classFiles(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory.toRealPath())) {
            return tree.filter(file -> file.toString().endsWith(".class") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** Whether it is rewritten already, or what was made of a class that is: a quick look, most of a build's classes are. */
    private static boolean isDone(Path file, byte[] classFile) {
        try {
            return FrameFiles.isFrame(file, classFile)
                    || ClassReferences.isAnnotated(classFile, RuntimeSymbols.WOVEN);
        } catch (RuntimeException | StackOverflowError e) { // of ASM, on a damaged class file: the weaver says what is wrong
            return false;
        }
    }

    /** Whether the class was refused only because it has been rewritten before. */
    static boolean isWovenAlready(WeaveResult result) {
        return result.outcome() == WeaveResult.Outcome.REFUSED
                && result.diagnostics().stream().allMatch(d -> d.code() == DiagnosticCode.ALREADY_WOVEN);
    }

    /** Removes frames that belong to no class any more from {@code folder}, and not from those below it. */
    public static int removeOrphans(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return removeOrphans(files.filter(file -> file.toString().endsWith(".class")).toList());
        }
    }

    private static int removeOrphans(List<Path> files) throws IOException {
        int removed = 0;
        FrameFiles frames = new FrameFiles();
        for (Path file : files) {
            if (frames.isOrphan(file)) {
                Files.delete(file);
                removed++;
            }
        }
        return removed;
    }

    private static void write(Path file, WeaveResult result) throws IOException {
        for (Map.Entry<String, byte[]> frame : result.frames().entrySet()) {
            replace(file.resolveSibling(fileName(frame.getKey())), frame.getValue());
        }
        replace(file, result.classFile());
    }

    private static String fileName(String frame) {
        return frame.substring(frame.lastIndexOf('/') + 1) + ".class";
    }

    /**
     * The result, or a refusal if no file can have the name of one of its frames, because a method may be called anything; or
     * if a class that is none of ours has it.
     */
    private static WeaveResult withFilesFor(Path file, byte[] classFile, WeaveResult result) throws IOException {
        for (String frame : result.frames().keySet()) {
            String name = fileName(frame);
            String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
            if (!isFileName(file, name)) {
                return refused(classFile, DiagnosticCode.TOO_LARGE, "no file can be called " + shown);
            }
            if (FrameFiles.isOfOthers(file.resolveSibling(name))) {
                return refused(classFile, DiagnosticCode.NAME_TAKEN, shown + " would be lost");
            }
        }
        return result;
    }

    private static WeaveResult refused(byte[] classFile, DiagnosticCode code, String detail) {
        SourceLocation location = new SourceLocation(ClassReferences.nameOf(classFile).replace('/', '.'), null, null, 0);
        return WeaveResult.refused(classFile, List.of(new Diagnostic(code, location, detail)));
    }

    private static boolean isFileName(Path beside, String name) {
        boolean fits = !beside.getFileSystem().equals(FileSystems.getDefault())
                || (name + TEMPORARY).getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        try {
            beside.resolveSibling(name);
            return fits;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Rewrites directories in place, each with all of them as its class path. Exit status 0 if all went well, 1 if a class was refused, 2 if there is nothing to
     * work on.
     *
     * @param directories roots of class files
     */
    public static void main(String[] directories) throws IOException {
        if (directories.length == 0) {
            System.err.println("Usage: DirectoryWeaver DIRECTORY...");
            System.exit(2);
        }
        ClassSource classPath = ClassSource.ofLoader(DirectoryWeaver.class.getClassLoader());
        for (String directory : directories) {
            classPath = ClassSource.ofDirectory(Path.of(directory)).or(classPath);
        }
        DirectoryWeaver weaver = new DirectoryWeaver(
                new Weaver(WarningPolicy.ON, false, classPath), diagnostic -> System.err.println(diagnostic.format()));
        int refused = 0;
        for (String directory : directories) {
            Path root = Path.of(directory);
            if (!Files.isDirectory(root)) {
                System.err.println("not a directory: " + directory);
                System.exit(2);
            }
            Summary summary = weaver.weave(root);
            refused += summary.refused();
            System.out.println(directory + ": " + summary.woven() + " classes rewritten, " + summary.frames()
                    + " frames, " + summary.refused() + " refused");
        }
        if (refused > 0) {
            System.exit(1);
        }
    }
}
