package dev.backstitch.engine.check;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.flow.ValueFlow;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is done with the results of awaits: boxes and strings compared by identity, answers and coroutines dropped. The
 * type of a result is that of the awaited method's generic signature, if it stands in the same class, or what the class
 * file says of the value.
 */
final class AwaitedValues {
    /** What a coroutine that gives one of these has left to be done. */
    private static final Set<String> UNFINISHED = Set.of(
            RuntimeSymbols.COROUTINE, RuntimeSymbols.ASYNC_GEN, RuntimeSymbols.GEN);

    private final ClassNode type;
    private final MethodNode method;
    private final ValueFlow flow;
    private final Map<AbstractInsnNode, SuspensionPoint> awaits = new HashMap<>();

    AwaitedValues(ClassNode type, MethodNode method, ValueFlow flow, List<SuspensionPoint> points) {
        this.type = type;
        this.method = method;
        this.flow = flow;
        points.stream().filter(AwaitedValues::isAwait).forEach(point -> awaits.put(point.call(), point));
    }

    /** Whether there is an await among {@code points}. */
    static boolean mayConcern(List<SuspensionPoint> points) {
        return points.stream().anyMatch(AwaitedValues::isAwait);
    }

    private static boolean isAwait(SuspensionPoint point) {
        return point.kind() == PointKind.AWAIT || point.kind() == PointKind.AWAIT_DECLARED;
    }

    void check(BiConsumer<AbstractInsnNode, String> report) {
        TypedFrames types = null;
        for (AbstractInsnNode insn : method.instructions) {
            if (awaits.containsKey(insn) && flow.isReachable(insn) && !flow.isUsed(insn)) {
                checkDropped((MethodInsnNode) insn, report);
            } else if ((insn.getOpcode() == Opcodes.IF_ACMPEQ || insn.getOpcode() == Opcodes.IF_ACMPNE)
                    && (isAwaited(insn, 0) || isAwaited(insn, 1))) {
                if (types == null) {
                    types = TypedFrames.of(type.name, method, YieldedTypes.entry(type.name, method));
                }
                checkCompared(insn, types, report);
            }
        }
    }

    private void checkDropped(MethodInsnNode call, BiConsumer<AbstractInsnNode, String> report) {
        String result = resultOf(call);
        if ("java/lang/Boolean".equals(result)) {
            report.accept(call, "a Boolean is dropped");
        } else if (UNFINISHED.contains(String.valueOf(result))) {
            report.accept(call, "what was awaited gives a " + Suspicions.simple(result) + ", and nothing of that ever runs");
        }
    }

    private void checkCompared(AbstractInsnNode insn, TypedFrames types, BiConsumer<AbstractInsnNode, String> report) {
        for (int depth = 0; depth < 2; depth++) {
            String compared = typeOf(insn, depth, types);
            if (compared != null && ValueClasses.contains(compared)) {
                report.accept(insn, Suspicions.simple(compared) + "s are compared with == or !=");
                return;
            }
        }
    }

    private String typeOf(AbstractInsnNode insn, int depth, TypedFrames types) {
        List<Object> stack = types.stack(method.instructions.indexOf(insn));
        if (stack.get(stack.size() - 1 - depth) instanceof String known && !known.equals("java/lang/Object")) {
            return known;
        }
        Set<AbstractInsnNode> sources = flow.sources(insn, depth);
        return sources.size() == 1 && awaits.containsKey(sources.iterator().next())
                ? resultOf((MethodInsnNode) sources.iterator().next())
                : null;
    }

    private boolean isAwaited(AbstractInsnNode insn, int depth) {
        return flow.sources(insn, depth).stream().anyMatch(awaits::containsKey);
    }

    /** The class of what {@code await} returns; null if it is not known. */
    private String resultOf(MethodInsnNode await) {
        int depth = awaits.get(await).kind() == PointKind.AWAIT ? 0 : 1;
        Set<AbstractInsnNode> sources = flow.sources(await, depth);
        if (sources.size() != 1 || !(sources.iterator().next() instanceof MethodInsnNode call)
                || !call.owner.equals(type.name)) {
            return null;
        }
        return type.methods.stream()
                .filter(m -> m.name.equals(call.name) && m.desc.equals(call.desc) && returnsAwaitable(m))
                .map(m -> TypeArguments.ofReturnType(m.signature))
                .filter(Objects::nonNull) // a type variable of the method says nothing
                .findFirst()
                .orElse(null);
    }

    private static boolean returnsAwaitable(MethodNode method) {
        ReturnShape shape = ReturnShape.of(method.desc.substring(method.desc.indexOf(')') + 1));
        return shape == ReturnShape.COROUTINE
                || shape == ReturnShape.TASK
                || shape == ReturnShape.FUTURE
                || shape == ReturnShape.STAGE;
    }
}
