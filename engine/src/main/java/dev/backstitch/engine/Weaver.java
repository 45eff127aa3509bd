package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.diag.WeaveException;
import dev.backstitch.engine.model.StateMachine;
import dev.backstitch.engine.read.ClassFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * The engine's façade: class file bytes in, class file bytes out. Thread-safe; loads no class.
 */
public final class Weaver {
    private final WarningPolicy warnings;

    /** One that gives every warning. */
    public Weaver() {
        this(WarningPolicy.ON);
    }

    /** @param warnings which warnings are given, and which refuse a class */
    public Weaver(WarningPolicy warnings) {
        this.warnings = warnings;
    }

    /**
     * Rewrites one class.
     *
     * @param classFile the bytes of a class file; not changed
     * @return never null; see {@link WeaveResult#outcome}
     */
    public WeaveResult weave(byte[] classFile) {
        ClassNode type;
        try {
            type = ClassFile.read(classFile);
        } catch (RuntimeException e) {
            return refused(
                    classFile,
                    new SourceLocation(ClassFile.nameOf(classFile), null, null, 0),
                    ClassFile.hasSubroutines(classFile) ? DiagnosticCode.SUBROUTINES : DiagnosticCode.UNREADABLE,
                    e.toString());
        }
        Pipeline pipeline = new Pipeline(type, warnings);
        try {
            return pipeline.run(classFile);
        } catch (WeaveException e) {
            return WeaveResult.refused(classFile, List.of(e.diagnostic()));
        } catch (MethodTooLargeException e) {
            return refused(
                    classFile,
                    SourceLocations.of(type),
                    DiagnosticCode.TOO_LARGE,
                    e.getMethodName() + " would have " + e.getCodeSize() + " bytes");
        } catch (Exception e) {
            SourceLocation where = pipeline.current() == null
                    ? SourceLocations.of(type)
                    : SourceLocations.of(type, pipeline.current());
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return refused(classFile, where, DiagnosticCode.INTERNAL, trace.toString());
        }
    }

    /**
     * Describes what {@link #weave} makes of each rewritten method.
     *
     * @param classFile a class that is rewritten without a refusal
     * @throws IllegalArgumentException if it is not
     */
    public List<StateMachine> describe(byte[] classFile) {
        try {
            return new Pipeline(ClassFile.read(classFile), WarningPolicy.OFF).describe(classFile);
        } catch (AnalyzerException | RuntimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static WeaveResult refused(byte[] classFile, SourceLocation where, DiagnosticCode code, String detail) {
        return WeaveResult.refused(classFile, List.of(new Diagnostic(code, where, detail)));
    }
}
