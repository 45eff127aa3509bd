package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Which primitive a generator yields, if every {@code yield} boxes one of the same type just before: then no box is made,
 * and the puller boxes if it wants one.
 */
public final class YieldTypes {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");
    private static final Map<String, Type> PRIMITIVES = Map.of(
            "java/lang/Integer", Type.INT_TYPE, "java/lang/Long", Type.LONG_TYPE, "java/lang/Double", Type.DOUBLE_TYPE);

    private final Type type;
    private final Set<AbstractInsnNode> dropped = new HashSet<>();
    private final Map<SuspensionPoint, Boolean> unboxedBefore = new HashMap<>();

    private YieldTypes(Type type) {
        this.type = type;
    }

    /** Looks at every yield of {@code body}. */
    public static YieldTypes of(Body body, BlockGraph graph) {
        if (body.kind() != MethodKind.GENERATOR) {
            return new YieldTypes(OBJECT);
        }
        Type forced = switch (body.method().shape()) {
            case INT_ITERATOR -> Type.INT_TYPE;
            case LONG_ITERATOR -> Type.LONG_TYPE;
            case DOUBLE_ITERATOR -> Type.DOUBLE_TYPE;
            default -> null;
        };
        Map<SuspensionPoint, MethodInsnNode> boxes = new HashMap<>();
        Set<Type> types = new HashSet<>();
        boolean others = false;
        for (SuspensionPoint point : body.points()) {
            if (point.kind() == PointKind.YIELD) {
                MethodInsnNode box = boxBefore(graph.of(point).code, point);
                Type boxed = box == null ? null : PRIMITIVES.get(box.owner);
                others |= boxed == null;
                if (boxed != null) {
                    types.add(boxed);
                    boxes.put(point, box);
                }
            }
        }
        Type type = forced != null ? forced : others || types.size() != 1 ? OBJECT : types.iterator().next();
        if (forced == null && type != OBJECT && delegatesToOther(body, type)) {
            type = OBJECT;
        }
        Type kept = type;
        YieldTypes result = new YieldTypes(kept);
        boxes.forEach((point, box) -> {
            if (PRIMITIVES.get(box.owner).equals(kept)) {
                result.dropped.add(box);
                result.unboxedBefore.put(point, true);
            }
        });
        return result;
    }

    /** What a delegate yields may have any type, unless the method's signature says that it has the box's. */
    private static boolean delegatesToOther(Body body, Type primitive) {
        String signature = body.method().node().signature;
        return body.points().stream().anyMatch(p -> p.kind() == PointKind.YIELD_FROM)
                && (signature == null || PRIMITIVES.entrySet().stream()
                        .filter(e -> e.getValue().equals(primitive))
                        .noneMatch(e -> signature.endsWith("<L" + e.getKey() + ";>;")));
    }

    /** The {@code valueOf} whose result goes straight to the yield; null if something else does. */
    private static MethodInsnNode boxBefore(List<AbstractInsnNode> code, SuspensionPoint point) {
        for (int i = code.indexOf(point.call()) - 1; i >= 0; i--) {
            AbstractInsnNode insn = code.get(i);
            if (insn instanceof LineNumberNode) {
                continue;
            }
            boolean boxes = insn instanceof MethodInsnNode call
                    && call.getOpcode() == INVOKESTATIC
                    && call.name.equals("valueOf")
                    && PRIMITIVES.containsKey(call.owner)
                    && call.desc.equals("(" + PRIMITIVES.get(call.owner) + ")L" + call.owner + ";");
            return boxes ? (MethodInsnNode) insn : null;
        }
        return null;
    }

    /** Whether {@code insn} is a boxing that is not to be emitted. */
    boolean isDropped(AbstractInsnNode insn) {
        return dropped.contains(insn);
    }

    /** The type that is on the stack for the frame's {@code yielding}, after unboxing what is still boxed. */
    Type unboxed(InsnList to, SuspensionPoint point) {
        if (type != OBJECT && !unboxedBefore.containsKey(point)) {
            String box = "java/lang/Number";
            to.add(Emit.cast(box));
            to.add(new MethodInsnNode(INVOKEVIRTUAL, box, type.getClassName() + "Value", "()" + type, false));
        }
        return type;
    }

    /** The type of a yield in the emitted code. */
    Type type() {
        return type;
    }

    /** The runtime class the frame of this generator extends. */
    public static String superclass(Body body, YieldTypes yields) {
        ReturnShape shape = body.method().shape();
        return switch (shape.kind()) {
            case GENERATOR -> switch (yields.type.getSort()) {
                case Type.INT -> RuntimeSymbols.INT_GEN;
                case Type.LONG -> RuntimeSymbols.LONG_GEN;
                case Type.DOUBLE -> RuntimeSymbols.DOUBLE_GEN;
                default -> RuntimeSymbols.GEN;
            };
            case COROUTINE, HOT -> RuntimeSymbols.COROUTINE;
            case ASYNC_GENERATOR -> RuntimeSymbols.ASYNC_GEN;
        };
    }
}
