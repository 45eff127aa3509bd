package dev.backstitch.engine.check;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.Severity;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.flow.ValueFlow;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Warnings: code that can be rewritten and is hardly what was meant. Changes nothing. What is not certain
 * from the class file is not mentioned.
 */
public final class Suspicions {
    private final ClassNode type;
    private final WarningPolicy policy;
    private final Consumer<Diagnostic> report;
    /** By the name and descriptor of a lambda's body: the method it stands in. */
    private final Map<String, MethodNode> enclosing = new HashMap<>();

    public Suspicions(ClassNode type, WarningPolicy policy, Consumer<Diagnostic> report) {
        this.type = type;
        this.policy = policy;
        this.report = report;
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof InvokeDynamicInsnNode indy) {
                    for (Object argument : indy.bsmArgs) {
                        if (argument instanceof Handle handle && handle.getOwner().equals(type.name)) {
                            enclosing.putIfAbsent(handle.getName() + handle.getDesc(), method);
                        }
                    }
                }
            }
        }
    }

    /** Closes of resources of which no class file tells whether they are awaited. */
    public void unknownResources(MethodNode method, List<MethodInsnNode> closes) {
        closes.forEach(close -> at(DiagnosticCode.UNKNOWN_RESOURCE, method, close, close.owner.replace('/', '.')));
    }

    /** A method that {@code size} bytes of rewritten code keep from being compiled. */
    public void neverCompiled(MethodNode method, SourceLocation where, int size) {
        at(DiagnosticCode.NEVER_COMPILED, method, where, method.name + " has " + size + " bytes");
    }

    /**
     * Looks at one method with code.
     *
     * @param shape what it becomes; null if it is not rewritten
     */
    public void check(MethodNode method, ReturnShape shape, List<SuspensionPoint> points) throws AnalyzerException {
        boolean drops = ColdCalls.mayDrop(method);
        boolean awaits = shape != null && AwaitedValues.mayConcern(points);
        if (drops || awaits) {
            ValueFlow flow = ValueFlow.of(type.name, method);
            if (drops) {
                ColdCalls.dropped(method, flow, (call, what) -> at(DiagnosticCode.NEVER_RUN, method, call, what));
            }
            if (awaits) {
                new AwaitedValues(type, method, flow, points)
                        .check((insn, what) -> at(DiagnosticCode.AWAITED_VALUE, method, insn, what));
            }
        }
        if (shape == null) {
            return;
        }
        YieldedTypes.check(
                type.name, method, shape, points, (call, what) -> at(DiagnosticCode.YIELD_TYPE, method, call, what));
        if (shape.kind() != MethodKind.GENERATOR) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof MethodInsnNode call && BlockingCalls.contains(call)) {
                    at(DiagnosticCode.BLOCKING_CALL, method, call, nameOf(call));
                }
            }
        }
    }

    static String nameOf(MethodInsnNode call) {
        return simple(call.owner) + "." + call.name + "(...)";
    }

    static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }

    private void at(DiagnosticCode code, MethodNode method, AbstractInsnNode insn, String detail) {
        at(code, method, SourceLocations.of(type, method, insn), detail);
    }

    private void at(DiagnosticCode code, MethodNode method, SourceLocation where, String detail) {
        Severity severity = policy.severityOf(code, type.name);
        if (severity != null && !isSuppressed(code, method)) {
            report.accept(new Diagnostic(code, where, detail, severity));
        }
    }

    private boolean isSuppressed(DiagnosticCode code, MethodNode method) {
        if (suppresses(type.invisibleAnnotations, code)) {
            return true;
        }
        int depth = 0;
        for (MethodNode m = method; m != null && depth++ < 100; m = enclosing.get(m.name + m.desc)) {
            if (suppresses(m.invisibleAnnotations, code)) {
                return true;
            }
        }
        return false;
    }

    private static boolean suppresses(List<AnnotationNode> annotations, DiagnosticCode code) {
        return annotations != null
                && annotations.stream()
                        .filter(a -> a.desc.equals(RuntimeSymbols.SUPPRESS))
                        .anyMatch(a -> a.values != null
                                && a.values.get(1) instanceof List<?> codes // no compiler writes anything else
                                && codes.contains(code.id()));
    }
}
