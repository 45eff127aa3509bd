package dev.backstitch.engine.points;

import dev.backstitch.engine.flow.SoleUses;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.AwaitedCall;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * The suspension points of a method.
 *
 * <p>Precondition: none. Postcondition: points numbered from 1 in code order, with their lines. Algorithm: calls of the
 * runtime's marked methods, by name; {@code Iterator.hasNext()} is one if dataflow shows that its receiver can only be the
 * iterator of {@code awaitEach(...)}; {@code close()} is one if the hierarchy says that its receiver's static type extends
 * {@code AsyncCloseable}. Dataflow also tells which call made what is awaited.
 */
public final class SuspensionPointFinder {
    private SuspensionPointFinder() {}

    /**
     * What was found.
     *
     * @param points in code order
     * @param mixed calls of {@code hasNext()} whose receiver may or may not be that of {@code awaitEach}
     * @param unknown calls of {@code close()} on a type of which the hierarchy does not know what it extends
     * @param tails what {@link SuspendingMethod#tails} is, if the method is a cold coroutine
     */
    public record Found(
            List<SuspensionPoint> points,
            List<MethodInsnNode> mixed,
            List<MethodInsnNode> unknown,
            Map<AbstractInsnNode, MethodInsnNode> tails) {}

    /** Finds the points of {@code method}, of class {@code owner}. */
    public static Found find(String owner, MethodNode method, TypeHierarchy hierarchy) throws AnalyzerException {
        List<SuspensionPoint> points = new ArrayList<>();
        List<MethodInsnNode> mixed = new ArrayList<>();
        List<MethodInsnNode> unknown = new ArrayList<>();
        Closes closes = new Closes(owner, method, hierarchy);
        Provenance provenance = null;
        SoleUses uses = null;
        int line = 0;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            } else if (insn instanceof MethodInsnNode call) {
                PointKind kind = kindOf(call);
                if (kind == null && isHasNext(call) && callsAwaitEach(method)) {
                    if (provenance == null) {
                        provenance = Provenance.of(owner, method);
                    }
                    int async = asyncSources(provenance, call);
                    if (async < 0) {
                        mixed.add(call);
                    } else if (async > 0) {
                        kind = PointKind.EACH_NEXT;
                    }
                }
                if (kind == null && Closes.isClose(call, owner)) {
                    TypeHierarchy.Answer suspends = closes.suspends(call);
                    if (suspends == TypeHierarchy.Answer.UNKNOWN) {
                        unknown.add(call);
                    } else if (suspends == TypeHierarchy.Answer.YES) {
                        kind = PointKind.CLOSE;
                    }
                }
                if (kind != null) {
                    AwaitedCall awaited = null;
                    if (awaitsCoroutine(kind, call)) {
                        uses = uses == null ? SoleUses.of(owner, method) : uses;
                        awaited = awaitedCall(uses, call);
                    }
                    points.add(new SuspensionPoint(call, kind, points.size() + 1, line, awaited));
                }
            }
        }
        return new Found(points, mixed, unknown, tails(owner, method, uses));
    }

    /** Whether {@code method} calls the runtime, or may close a resource: a look at its instructions, which follows none. */
    public static boolean mayHavePoints(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call
                    && (kindOf(call) != null || isAwaitEach(call) || Closes.isClose(call, call.owner))) {
                return true;
            }
        }
        return false;
    }

    /** The kind of point a call is by its name alone; null if it is none. */
    private static PointKind kindOf(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC ? kindOf(call.owner, call.name, call.desc) : null;
    }

    /** The kind of point that a call through {@code handle} would be; null if it would be none. */
    public static PointKind kindOf(Handle handle, TypeHierarchy hierarchy) {
        boolean closes = handle.getName().equals(RuntimeSymbols.CLOSE)
                && handle.getDesc().equals(RuntimeSymbols.CLOSE_DESC)
                && hierarchy.isSubtype(handle.getOwner(), RuntimeSymbols.ASYNC_CLOSEABLE) == TypeHierarchy.Answer.YES;
        if (closes) {
            return PointKind.CLOSE;
        }
        return handle.getTag() == Opcodes.H_INVOKESTATIC
                ? kindOf(handle.getOwner(), handle.getName(), handle.getDesc())
                : null;
    }

    private static PointKind kindOf(String owner, String name, String desc) {
        if (owner.equals(RuntimeSymbols.GEN)) {
            return switch (name) {
                case RuntimeSymbols.YIELD -> isOurs(desc, 1) ? PointKind.YIELD : null;
                case RuntimeSymbols.YIELD_FROM -> isOurs(desc, 1) ? PointKind.YIELD_FROM : null;
                default -> null;
            };
        }
        if (owner.equals(RuntimeSymbols.COROUTINE)) {
            return switch (name) {
                case RuntimeSymbols.AWAIT -> isOurs(desc, 1)
                        ? PointKind.AWAIT
                        : isOurs(desc, 2) ? PointKind.AWAIT_DECLARED : null;
                case RuntimeSymbols.SUSPEND -> isOurs(desc, 1) ? PointKind.SUSPEND : null;
                default -> null;
            };
        }
        return null;
    }

    /** Otherwise the runtime has no such method, as the JVM will say. */
    private static boolean isOurs(String desc, int arguments) {
        return desc.endsWith(")Ljava/lang/Object;") && Type.getArgumentCount(desc) == arguments;
    }

    private static Map<AbstractInsnNode, MethodInsnNode> tails(String owner, MethodNode method, SoleUses known)
            throws AnalyzerException {
        Map<AbstractInsnNode, MethodInsnNode> tails = new HashMap<>();
        if (!isCoroutine(Type.getReturnType(method.desc))) {
            return tails;
        }
        SoleUses uses = known;
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.ARETURN
                    && insn.getPrevious() instanceof MethodInsnNode before
                    && !before.owner.equals(RuntimeSymbols.COROUTINE)) {
                uses = uses == null ? SoleUses.of(owner, method) : uses;
                if (uses.maker(insn, 0) == before) {
                    tails.put(insn, before);
                }
            }
        }
        return tails;
    }

    private static boolean isCoroutine(Type type) {
        return type.getSort() == Type.OBJECT && type.getInternalName().equals(RuntimeSymbols.COROUTINE);
    }

    private static boolean awaitsCoroutine(PointKind kind, MethodInsnNode call) {
        return (kind == PointKind.AWAIT || kind == PointKind.AWAIT_DECLARED)
                && isCoroutine(Type.getArgumentTypes(call.desc)[0]);
    }

    private static AwaitedCall awaitedCall(SoleUses uses, MethodInsnNode await) {
        if (!(uses.maker(await, Type.getArgumentCount(await.desc) - 1) instanceof MethodInsnNode made)) {
            return null;
        }
        boolean onSelf = made.getOpcode() == Opcodes.INVOKESTATIC
                || uses.isReceiver(made, Type.getArgumentCount(made.desc));
        return new AwaitedCall(made, onSelf);
    }

    private static boolean isHasNext(MethodInsnNode call) {
        return call.name.equals("hasNext") && call.owner.equals("java/util/Iterator");
    }

    private static boolean isAwaitEach(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && call.owner.equals(RuntimeSymbols.COROUTINE)
                && call.name.equals(RuntimeSymbols.AWAIT_EACH);
    }

    private static boolean callsAwaitEach(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (isAwaitEach(insn)) {
                return true;
            }
        }
        return false;
    }

    /** 1 if the receiver of {@code hasNext} is only ever an {@code awaitEach} iterator, 0 if never, -1 if sometimes. */
    private static int asyncSources(Provenance provenance, MethodInsnNode hasNext) {
        SourceValue receiver = provenance.below(hasNext, 0);
        if (receiver == null) {
            return 0;
        }
        Set<AbstractInsnNode> sources = receiver.insns;
        long async = sources.stream().filter(s -> isAsyncIterator(provenance, s)).count();
        return async == 0 ? 0 : async == sources.size() ? 1 : -1;
    }

    private static boolean isAsyncIterator(Provenance provenance, AbstractInsnNode source) {
        if (!(source instanceof MethodInsnNode call) || !call.name.equals("iterator")) {
            return false;
        }
        if (call.owner.equals(RuntimeSymbols.EACH)) {
            return true;
        }
        SourceValue iterable = provenance.below(call, 0);
        return call.owner.equals("java/lang/Iterable")
                && iterable != null
                && !iterable.insns.isEmpty()
                && iterable.insns.stream().allMatch(SuspensionPointFinder::isAwaitEach);
    }
}
