package dev.backstitch.engine.points;

import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods of a class are meant to be rewritten, and as what: by annotations, or by being a lambda's body. */
public final class MethodClassifier {
    private static final String KOTLIN_LAMBDA = "$lambda$";

    private final Set<String> lambdaBodies = new HashSet<>();

    public MethodClassifier(ClassNode type) {
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof InvokeDynamicInsnNode indy) {
                    for (Object argument : indy.bsmArgs) {
                        if (argument instanceof Handle handle && handle.getOwner().equals(type.name)) {
                            lambdaBodies.add(handle.getName() + handle.getDesc());
                        }
                    }
                }
            }
        }
    }

    /** Whether {@code method} carries one of the annotations and is not a compiler's bridge to one that does. */
    public static boolean isAnnotated(MethodNode method) {
        return (method.access & Opcodes.ACC_BRIDGE) == 0
                && (has(method, RuntimeSymbols.ASYNC) || has(method, RuntimeSymbols.GENERATOR));
    }

    /** Whether {@code method} is the body of a lambda of its class; kotlinc's are not synthetic, but named so. */
    public boolean isLambdaBody(MethodNode method) {
        return ((method.access & Opcodes.ACC_SYNTHETIC) != 0 || method.name.contains(KOTLIN_LAMBDA))
                && lambdaBodies.contains(method.name + method.desc);
    }

    /** What {@code method}, annotated or a lambda's body, becomes; null if its return type does not fit. */
    public static ReturnShape shapeOf(MethodNode method) {
        ReturnShape shape = ReturnShape.of(Type.getReturnType(method.desc).getDescriptor());
        if (shape == null || !isAnnotated(method)) {
            return shape;
        }
        boolean async = has(method, RuntimeSymbols.ASYNC);
        boolean generator = has(method, RuntimeSymbols.GENERATOR);
        MethodKind kind = shape.kind();
        boolean fits = switch (kind) {
            case GENERATOR -> generator && !async;
            case COROUTINE, HOT -> async && !generator;
            case ASYNC_GENERATOR -> async && generator;
        };
        return fits ? shape : null;
    }

    private static boolean has(MethodNode method, String annotation) {
        return has(method.invisibleAnnotations, annotation) || has(method.visibleAnnotations, annotation);
    }

    private static boolean has(List<AnnotationNode> annotations, String descriptor) {
        return annotations != null && annotations.stream().anyMatch(a -> a.desc.equals(descriptor));
    }

    /** Whether the rewriter has been here before. */
    public static boolean isWoven(ClassNode type) {
        return has(type.invisibleAnnotations, RuntimeSymbols.WOVEN);
    }
}
