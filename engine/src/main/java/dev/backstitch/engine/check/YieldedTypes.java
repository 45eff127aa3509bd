package dev.backstitch.engine.check;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Yields of values that cannot be of the element type that the method's generic signature names. */
final class YieldedTypes {
    private YieldedTypes() {}

    /** Reports each such yield of a method of the class {@code owner}. */
    static void check(
            String owner,
            MethodNode method,
            ReturnShape shape,
            List<SuspensionPoint> points,
            BiConsumer<MethodInsnNode, String> report) {
        String element = switch (shape) {
            case INT_ITERATOR -> "java/lang/Integer";
            case LONG_ITERATOR -> "java/lang/Long";
            case DOUBLE_ITERATOR -> "java/lang/Double";
            default -> TypeArguments.ofReturnType(method.signature);
        };
        if (element == null || points.stream().noneMatch(point -> point.kind() == PointKind.YIELD)) {
            return;
        }
        TypedFrames types = TypedFrames.of(owner, method, entry(owner, method));
        for (SuspensionPoint point : points) {
            int index = method.instructions.indexOf(point.call());
            if (point.kind() == PointKind.YIELD && types.isReachable(index)) {
                List<Object> stack = types.stack(index);
                if (stack.get(stack.size() - 1) instanceof String yielded
                        && ValueClasses.excludeEachOther(yielded, element)) {
                    report.accept(
                            point.call(),
                            Suspicions.simple(yielded) + " is yielded where the return type says "
                                    + Suspicions.simple(element));
                }
            }
        }
    }

    /** The locals at the start of a method that is no constructor, one element per slot. */
    static List<Object> entry(String owner, MethodNode method) {
        List<Object> locals = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(owner);
        }
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            locals.add(Insns.verificationType(parameter));
            if (parameter.getSize() == 2) {
                locals.add(Opcodes.TOP);
            }
        }
        return locals;
    }
}
