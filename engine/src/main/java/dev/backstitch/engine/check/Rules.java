package dev.backstitch.engine.check;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.flow.HeldMonitors;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ResourceExit;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What cannot be rewritten. Changes nothing; says everything that is wrong with a method, not only the first
 * thing.
 */
public final class Rules {
    private final ClassNode type;
    private final Consumer<Diagnostic> report;

    public Rules(ClassNode type, Consumer<Diagnostic> report) {
        this.type = type;
        this.report = report;
    }

    /** A method that is annotated or the body of a lambda with suspension points. */
    public void checkSuspending(MethodNode method, ReturnShape shape, List<SuspensionPoint> points) {
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            at(DiagnosticCode.NATIVE_METHOD, method, "");
            return;
        }
        if (shape == null) {
            at(DiagnosticCode.WRONG_RETURN_TYPE, method,
                    "it returns " + Type.getReturnType(method.desc).getClassName());
            return;
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            at(DiagnosticCode.SYNCHRONIZED_METHOD, method, "");
        }
        for (SuspensionPoint point : points) {
            if (!shape.kind().allows(point.kind())) {
                at(DiagnosticCode.WRONG_POINT_FOR_KIND, method, point.call(), describe(point));
            }
        }
        checkMonitors(method, points);
    }

    private void checkMonitors(MethodNode method, List<SuspensionPoint> points) {
        boolean any = false;
        for (AbstractInsnNode insn : method.instructions) {
            any |= insn.getOpcode() == Opcodes.MONITORENTER;
        }
        if (!any) {
            return;
        }
        HeldMonitors held = HeldMonitors.of(method);
        for (SuspensionPoint point : points) {
            if (held.anyAt(method.instructions.indexOf(point.call()))) {
                at(DiagnosticCode.MONITOR_HELD, method, point.call(), describe(point));
            }
        }
    }

    /** The yields of a method and the bodies of its {@code try} statements (PEP 789). */
    public void checkResources(MethodNode method, List<SuspensionPoint> points, List<ResourceExit> exits) {
        for (SuspensionPoint point : points) {
            if (point.kind() == PointKind.YIELD || point.kind() == PointKind.YIELD_FROM) {
                exits.stream()
                        .filter(exit -> exit.preventsYields() && isInBody(method, point, exit))
                        .findFirst()
                        .ifPresent(exit -> at(
                                DiagnosticCode.YIELD_IN_SCOPE, method, point.call(), nameOf(exit.point().call())));
            }
        }
    }

    private static boolean isInBody(MethodNode method, SuspensionPoint point, ResourceExit exit) {
        InsnList code = method.instructions;
        int index = code.indexOf(point.call());
        return method.tryCatchBlocks.stream()
                .filter(region -> exit.bodies().contains(region.handler))
                .anyMatch(region -> code.indexOf(region.start) <= index && index < code.indexOf(region.end));
    }

    /** A close of which it cannot be told whether an exception is under way. */
    public void unclearExit(MethodNode method, MethodInsnNode close) {
        at(DiagnosticCode.UNCLEAR_EXIT, method, close, nameOf(close));
    }

    private static String nameOf(MethodInsnNode close) {
        return close.owner.replace('/', '.');
    }

    /** A method with suspension points that is nothing we rewrite. */
    public void checkOther(MethodNode method, List<SuspensionPoint> points) {
        DiagnosticCode code = method.name.equals("<init>")
                ? DiagnosticCode.CONSTRUCTOR
                : method.name.equals("<clinit>")
                        ? DiagnosticCode.STATIC_INITIALIZER
                        : DiagnosticCode.NOT_A_SUSPENDING_METHOD;
        for (SuspensionPoint point : points) {
            at(code, method, point.call(), describe(point));
        }
    }

    /** An iterator that is only sometimes that of {@code awaitEach}. */
    public void mixedIterators(MethodNode method, AbstractInsnNode call) {
        at(DiagnosticCode.MIXED_ITERATORS, method, call, "");
    }

    /** A suspension point as a method reference. */
    public void methodReference(MethodNode method, AbstractInsnNode insn, String name) {
        at(DiagnosticCode.METHOD_REFERENCE, method, insn, name);
    }

    private static String describe(SuspensionPoint point) {
        return point.kind() == PointKind.EACH_NEXT
                ? "for (... : awaitEach(...))"
                : point.call().owner.substring(point.call().owner.lastIndexOf('/') + 1) + "." + point.call().name
                        + "(...)";
    }

    private void at(DiagnosticCode code, MethodNode method, String detail) {
        report.accept(new Diagnostic(code, SourceLocations.of(type, method), detail));
    }

    private void at(DiagnosticCode code, MethodNode method, AbstractInsnNode insn, String detail) {
        report.accept(new Diagnostic(code, SourceLocations.of(type, method, insn), detail));
    }
}
