package dev.backstitch.javac;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * The class files that javac has just written. Files in the file system are replaced there; anything else a file manager
 * may have, memory for instance, is read and written through the {@link Filer}.
 */
final class WrittenClasses {
    private final Filer filer;
    private final Weaver weaver;
    private final TypeHierarchy hierarchy;
    private final Set<Path> folders = new TreeSet<>();

    WrittenClasses(Filer filer, Weaver weaver, TypeHierarchy hierarchy) {
        this.filer = filer;
        this.weaver = weaver;
        this.hierarchy = hierarchy;
    }

    /**
     * Rewrites the class {@code name}, a binary name; what is refused is deleted, as if javac had refused it.
     *
     * @return what there is to say
     */
    List<Diagnostic> rewrite(String name, JavaFileObject source, TypeElement type) {
        try {
            Path file = fileOf(name, source);
            if (file != null) {
                folders.add(file.getParent());
            }
            byte[] classFile = file != null ? Files.readAllBytes(file) : read(name);
            if (!weaver.mayConcern(classFile)) {
                return List.of();
            }
            WeaveResult result = weaver.weave(classFile, hierarchy);
            switch (result.outcome()) {
                case WOVEN -> write(name, file, result, type);
                case REFUSED -> {
                    if (file != null) {
                        Files.delete(file);
                    }
                }
                case UNTOUCHED -> {}
            }
            return result.diagnostics();
        } catch (IOException | RuntimeException e) {
            return List.of(new Diagnostic(
                    DiagnosticCode.INTERNAL, new SourceLocation(name, null, null, 0), "cannot rewrite it: " + e));
        }
    }

    /** Removes the frames of classes that are gone or have changed, where this run has written. */
    void removeOrphans() {
        for (Path folder : folders) {
            try {
                DirectoryWeaver.removeOrphans(folder);
            } catch (IOException e) {
                // They do no harm: nothing refers to them. The next run tries again.
            }
        }
    }

    /** The class's file; null if it is not in the file system. */
    private Path fileOf(String name, JavaFileObject source) throws IOException {
        FileObject found = filer.getResource(StandardLocation.CLASS_OUTPUT, packageOf(name), simpleOf(name) + ".class");
        if (!"file".equals(found.toUri().getScheme())) {
            return null;
        }
        Path file = Path.of(found.toUri());
        if (Files.exists(file)) {
            return file;
        }
        // Without -d, a class goes beside its source.
        Path beside = source != null && "file".equals(source.toUri().getScheme())
                ? Path.of(source.toUri()).resolveSibling(simpleOf(name) + ".class")
                : null;
        return beside != null && Files.exists(beside) ? beside : null;
    }

    private byte[] read(String name) throws IOException {
        FileObject found = filer.getResource(StandardLocation.CLASS_OUTPUT, packageOf(name), simpleOf(name) + ".class");
        try (InputStream in = found.openInputStream()) {
            return in.readAllBytes();
        }
    }

    private void write(String name, Path file, WeaveResult result, TypeElement type) throws IOException {
        for (Map.Entry<String, byte[]> frame : result.frames().entrySet()) {
            write(frame.getKey().replace('/', '.'), file, frame.getValue(), type);
        }
        write(name, file, result.classFile(), type);
    }

    private void write(String name, Path sibling, byte[] content, TypeElement type) throws IOException {
        if (sibling != null) {
            Files.write(sibling.resolveSibling(simpleOf(name) + ".class"), content);
            return;
        }
        FileObject made = filer.createResource(
                StandardLocation.CLASS_OUTPUT, packageOf(name), simpleOf(name) + ".class", type);
        try (OutputStream out = made.openOutputStream()) {
            out.write(content);
        }
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String simpleOf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
