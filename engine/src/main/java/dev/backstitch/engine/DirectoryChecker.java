package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.read.ClassReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells whether the class files of a directory are ready to be shipped: whether every class that needs rewriting is
 * rewritten, its frames are beside it, and all of them are valid. Changes nothing.
 */
public final class DirectoryChecker {
    private final Weaver weaver;
    private final Consumer<Diagnostic> report;

    /** @param report gets each thing that is wrong, in the order of the files' names */
    public DirectoryChecker(Weaver weaver, Consumer<Diagnostic> report) {
        this.weaver = weaver;
        this.report = report;
    }

    /**
     * What was found.
     *
     * @param rewritten classes that are as they should be
     * @param wrong classes that are not
     */
    public record Summary(int rewritten, int wrong) {}

    /** Looks at every class below {@code directory}. */
    public Summary check(Path directory) throws IOException {
        TypeHierarchy hierarchy = weaver.hierarchyWith(ClassSource.ofDirectory(directory));
        int rewritten = 0;
        int wrong = 0;
        FrameFiles frames = new FrameFiles();
        for (Path file : DirectoryWeaver.classFiles(directory)) {
            byte[] classFile = Files.readAllBytes(file);
            if (!weaver.mayConcern(classFile)) {
                continue;
            }
            if (frames.isOrphan(file)) {
                report.accept(broken(classFile, "it is a frame that belongs to no class"));
                wrong++;
                continue;
            }
            WeaveResult result = weaver.weave(classFile, hierarchy);
            List<Diagnostic> found = DirectoryWeaver.isWovenAlready(result)
                    ? checkRewritten(file, classFile)
                    : notRewritten(classFile, result);
            found.forEach(report);
            if (!found.isEmpty()) {
                wrong++;
            } else if (result.outcome() == WeaveResult.Outcome.REFUSED) {
                rewritten++;
            }
        }
        return new Summary(rewritten, wrong);
    }

    private static List<Diagnostic> notRewritten(byte[] classFile, WeaveResult result) {
        return switch (result.outcome()) {
            case UNTOUCHED -> List.of();
            case WOVEN -> List.of(new Diagnostic(DiagnosticCode.NOT_REWRITTEN, whole(classFile), ""));
            case REFUSED -> result.diagnostics().stream().filter(Diagnostic::isError).toList();
        };
    }

    private static List<Diagnostic> checkRewritten(Path file, byte[] classFile) throws IOException {
        String problem = Pipeline.problemOf(classFile);
        for (String frame : FrameFiles.framesOf(classFile)) {
            Path beside = file.resolveSibling(frame.substring(frame.lastIndexOf('/') + 1) + ".class");
            if (problem == null) {
                problem = Files.exists(beside)
                        ? Pipeline.problemOf(Files.readAllBytes(beside))
                        : "its frame " + beside.getFileName() + " is missing";
            }
        }
        return problem == null ? List.of() : List.of(broken(classFile, problem));
    }

    private static Diagnostic broken(byte[] classFile, String detail) {
        return new Diagnostic(DiagnosticCode.BROKEN, whole(classFile), detail);
    }

    private static SourceLocation whole(byte[] classFile) {
        return new SourceLocation(ClassReferences.nameOf(classFile).replace('/', '.'), null, null, 0);
    }
}
