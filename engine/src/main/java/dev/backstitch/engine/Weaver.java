package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.diag.WeaveException;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.StateMachine;
import dev.backstitch.engine.read.ClassFile;
import dev.backstitch.engine.read.EaAsync;
import dev.backstitch.engine.read.QuickScan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * The engine's façade: class file bytes in, class file bytes out. Thread-safe; loads no class.
 */
public final class Weaver {
    private final WarningPolicy warnings;
    private final boolean eaAsync;
    private final ClassSource classPath;

    /** One that gives every warning. */
    public Weaver() {
        this(WarningPolicy.ON);
    }

    /** @param warnings which warnings are given, and which refuse a class */
    public Weaver(WarningPolicy warnings) {
        this(warnings, false);
    }

    /**
     * One with the class path that this class itself was loaded from.
     *
     * @param warnings which warnings are given, and which refuse a class
     * @param eaAsync whether classes written for EA Async are rewritten too
     */
    public Weaver(WarningPolicy warnings, boolean eaAsync) {
        this(warnings, eaAsync, ClassSource.ofLoader(Weaver.class.getClassLoader()));
    }

    /**
     * @param warnings which warnings are given, and which refuse a class
     * @param eaAsync whether classes written for EA Async are rewritten too
     * @param classPath what the classes were compiled against: their types tell which resources are closed asynchronously
     */
    public Weaver(WarningPolicy warnings, boolean eaAsync, ClassSource classPath) {
        this.warnings = warnings;
        this.eaAsync = eaAsync;
        this.classPath = classPath;
    }

    /** Whether {@link #weave} may have anything to do for a class, or to say: a quick look at its constants. */
    public boolean mayConcern(byte[] classFile) {
        return QuickScan.mayConcernUs(classFile) || eaAsync && QuickScan.mayConcernEaAsync(classFile);
    }

    /** The types of {@code own}, where the classes to be rewritten are, and of this weaver's class path. */
    public TypeHierarchy hierarchyWith(ClassSource own) {
        return TypeHierarchy.of(own.or(classPath));
    }

    /** As {@link #weave(byte[], TypeHierarchy)}, with this weaver's class path. */
    public WeaveResult weave(byte[] classFile) {
        return weave(classFile, TypeHierarchy.of(classPath));
    }

    /**
     * Rewrites one class.
     *
     * @param classFile the bytes of a class file; not changed
     * @param hierarchy tells which resources are closed asynchronously; a type it does not know is taken to be none of them,
     *     with a warning
     * @return never null; see {@link WeaveResult#outcome}
     */
    public WeaveResult weave(byte[] classFile, TypeHierarchy hierarchy) {
        return rewrite(classFile, hierarchy, pipeline -> StormResult.of(pipeline.run(classFile))).result();
    }

    /**
     * Rewrites one class as {@link #weave} does, and makes of each other method of any kind a coroutine that suspends at all its
     * calls, and a stub which drives that to its end. Whoever calls it sees no difference, except in the time it takes: it
     * is a test of this engine by other people's code.
     *
     * @return never null; a method that cannot be rewritten stays as it was
     */
    public StormResult storm(byte[] classFile, TypeHierarchy hierarchy) {
        return rewrite(classFile, hierarchy, pipeline -> pipeline.storm(classFile));
    }

    @FunctionalInterface
    private interface Run {
        StormResult on(Pipeline pipeline) throws AnalyzerException;
    }

    private StormResult rewrite(byte[] classFile, TypeHierarchy hierarchy, Run run) {
        ClassNode type;
        boolean adapted;
        try {
            type = ClassFile.read(classFile, hierarchy);
            adapted = eaAsync && EaAsync.adapt(type);
        } catch (TooComplexException e) {
            return refused(classFile, named(classFile), DiagnosticCode.TOO_COMPLEX, e.getMessage());
        } catch (RuntimeException | StackOverflowError | AssertionError e) { // ASM reads what is nested by recursion
            return refused(
                    classFile,
                    named(classFile),
                    ClassFile.hasSubroutines(classFile) ? DiagnosticCode.SUBROUTINES : DiagnosticCode.UNREADABLE,
                    e.toString());
        }
        Pipeline pipeline;
        try {
            pipeline = new Pipeline(type, hierarchy, warnings, adapted);
        } catch (RuntimeException | AssertionError e) {
            return failed(classFile, named(classFile), e);
        }
        try {
            return run.on(pipeline);
        } catch (WeaveException e) {
            return StormResult.of(WeaveResult.refused(classFile, List.of(e.diagnostic())));
        } catch (MethodTooLargeException e) {
            return refused(
                    classFile,
                    SourceLocations.of(type),
                    DiagnosticCode.TOO_LARGE,
                    e.getMethodName() + " would have " + e.getCodeSize() + " bytes");
        } catch (ClassTooLargeException e) {
            return refused(
                    classFile,
                    SourceLocations.of(type),
                    DiagnosticCode.TOO_LARGE,
                    "the class would have " + e.getConstantPoolCount() + " constants, and can have 65,535");
        } catch (TooComplexException e) {
            return refused(classFile, pipeline.where(), DiagnosticCode.TOO_COMPLEX, e.getMessage());
        } catch (Exception | StackOverflowError | AssertionError e) { // what ASM says of types that are none
            return failed(classFile, pipeline.where(), e);
        }
    }

    private static SourceLocation named(byte[] classFile) {
        return new SourceLocation(ClassFile.nameOf(classFile), null, null, 0);
    }

    /** The fault is ours, unless the JVM would find one with the class as it is: no pass looks for what it takes for granted. */
    private static StormResult failed(byte[] classFile, SourceLocation where, Throwable cause) {
        String problem = Pipeline.problemOf(classFile);
        if (problem != null) {
            return refused(classFile, where, DiagnosticCode.UNREADABLE, problem);
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return refused(classFile, where, DiagnosticCode.INTERNAL, trace.toString());
    }

    /**
     * Describes what {@link #weave} makes of each rewritten method.
     *
     * @param classFile a class that is rewritten without a refusal
     * @throws IllegalArgumentException if it is not
     */
    public List<StateMachine> describe(byte[] classFile) {
        try {
            TypeHierarchy hierarchy = TypeHierarchy.of(classPath);
            ClassNode type = ClassFile.read(classFile, hierarchy);
            boolean adapted = eaAsync && EaAsync.adapt(type);
            return new Pipeline(type, hierarchy, WarningPolicy.OFF, adapted).describe(classFile);
        } catch (AnalyzerException | RuntimeException | AssertionError e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static StormResult refused(byte[] classFile, SourceLocation where, DiagnosticCode code, String detail) {
        return StormResult.of(WeaveResult.refused(classFile, List.of(new Diagnostic(code, where, detail))));
    }
}
