package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ResourceExit;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspendingMethod;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Gives try-with-resources over an {@code AsyncCloseable} the meaning of {@code async with}: each {@code close()} becomes
 * an {@code await} of the resource's exit.
 *
 * <pre>
 *   r.close()  with no exception under way        await(r.exit(null));
 *
 *   r.close()  with t under way                   if (await(r.exit(t)) == TRUE) { t = null; goto end; }
 *   t.addSuppressed(u)  behind it                 t = u, or throw u
 * </pre>
 *
 * <p>Precondition: stack map frames in full. Postcondition: no points of kind {@code CLOSE}; frames at the new labels.
 */
public final class ExitRewriter {
    private static final String BOOLEAN = "java/lang/Boolean";

    private final MethodNode method;
    private final InsnList code;
    private final TypedFrames types;
    private final Map<AbstractInsnNode, Integer> indices = new HashMap<>();
    /** The labels behind the closes at the normal ends, which are put there last. */
    private final Map<AbstractInsnNode, LabelNode> ends = new HashMap<>();
    private final Map<AbstractInsnNode, FrameNode> frames = new HashMap<>();

    private ExitRewriter(String owner, MethodNode method) {
        this.method = method;
        this.code = method.instructions;
        this.types = TypedFrames.of(owner, method);
        int index = 0;
        for (AbstractInsnNode insn : code) {
            indices.put(insn, index++);
        }
    }

    /** Rewrites the code of {@code method}, of class {@code owner}, in place; returns the method with its new points. */
    public static SuspendingMethod rewrite(String owner, SuspendingMethod method) {
        if (method.exits().isEmpty()) {
            return method;
        }
        Map<SuspensionPoint, SuspensionPoint> replaced = new ExitRewriter(owner, method.node()).run(method.exits());
        List<SuspensionPoint> points = new ArrayList<>(method.points());
        points.replaceAll(point -> replaced.getOrDefault(point, point));
        return new SuspendingMethod(method.node(), method.shape(), points, List.of(), method.tails());
    }

    private Map<SuspensionPoint, SuspensionPoint> run(List<ResourceExit> exits) {
        Map<SuspensionPoint, SuspensionPoint> replaced = new HashMap<>();
        Map<AbstractInsnNode, AbstractInsnNode> lasts = new HashMap<>();
        Set<MethodInsnNode> unsuppressed = new HashSet<>();
        for (ResourceExit exit : exits) {
            if (exit.end() != null) {
                ends.computeIfAbsent(exit.end(), end -> new LabelNode());
                frames.put(exit.end(), types.meet(
                        indices.get(exit.end()) + 1, indices.get(exit.point().call())));
            }
        }
        for (ResourceExit exit : exits) {
            SuspensionPoint point = exit.point();
            MethodInsnNode await = new MethodInsnNode(
                    Opcodes.INVOKESTATIC, RuntimeSymbols.COROUTINE, RuntimeSymbols.AWAIT,
                    "(L" + RuntimeSymbols.COROUTINE + ";)Ljava/lang/Object;", false);
            InsnList call = awaitExit(exit, await);
            AbstractInsnNode last = call.getLast();
            code.insertBefore(point.call(), call);
            code.remove(point.call());
            lasts.put(point.call(), last);
            replaced.put(point, new SuspensionPoint(await, PointKind.AWAIT, point.state(), point.line(), null));
            for (ResourceExit.Suppression suppression : exit.suppressions()) {
                if (unsuppressed.add(suppression.call())) {
                    replaceSuppression(suppression, exit.failure());
                }
            }
            catchVisibly(exit.bodies());
        }
        ends.forEach((close, label) -> {
            InsnList end = new InsnList();
            end.add(label);
            end.add(frames.get(close));
            code.insert(lasts.get(close), end);
        });
        return replaced;
    }

    /** In place of the call: the resource is on the stack, under it, for the helper method, the exception. */
    private InsnList awaitExit(ResourceExit exit, MethodInsnNode await) {
        InsnList list = new InsnList();
        boolean hasFailureBelow = exit.point().call().getOpcode() == Opcodes.INVOKESTATIC;
        if (hasFailureBelow) {
            list.add(new InsnNode(Opcodes.SWAP));
        } else if (exit.hasFailure()) {
            list.add(new VarInsnNode(Opcodes.ALOAD, exit.failure()));
        } else {
            list.add(new InsnNode(Opcodes.ACONST_NULL));
        }
        list.add(new MethodInsnNode(
                Opcodes.INVOKEINTERFACE, RuntimeSymbols.ASYNC_CLOSEABLE, RuntimeSymbols.EXIT, RuntimeSymbols.EXIT_DESC, true));
        list.add(await);
        if (exit.hasFailure()) {
            swallowIfTrue(list, exit);
        } else {
            list.add(new InsnNode(Opcodes.POP));
        }
        return list;
    }

    private void swallowIfTrue(InsnList list, ResourceExit exit) {
        LabelNode no = new LabelNode();
        list.add(new FieldInsnNode(Opcodes.GETSTATIC, BOOLEAN, "TRUE", "L" + BOOLEAN + ";"));
        list.add(new InsnNode(Opcodes.SWAP));
        list.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, BOOLEAN, "equals", "(Ljava/lang/Object;)Z", false));
        list.add(new JumpInsnNode(Opcodes.IFEQ, no));
        if (exit.mayBeNull()) {
            list.add(new VarInsnNode(Opcodes.ALOAD, exit.failure()));
            list.add(new JumpInsnNode(Opcodes.IFNULL, no));
        }
        if (exit.end() == null) {
            list.add(new VarInsnNode(Opcodes.ALOAD, exit.failure()));
            list.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, RuntimeSymbols.EXITS, RuntimeSymbols.NO_END, RuntimeSymbols.NO_END_DESC, false));
            list.add(new InsnNode(Opcodes.ATHROW));
        } else {
            list.add(new InsnNode(Opcodes.ACONST_NULL)); // an outer resource is exited with no exception under way
            list.add(new VarInsnNode(Opcodes.ASTORE, exit.failure()));
            list.add(new JumpInsnNode(Opcodes.GOTO, ends.get(exit.end())));
        }
        list.add(no);
        int index = indices.get(exit.point().call());
        list.add(types.meet(index, index));
    }

    private void replaceSuppression(ResourceExit.Suppression suppression, int failure) {
        InsnList list = new InsnList();
        list.add(new InsnNode(Opcodes.SWAP));
        list.add(new InsnNode(Opcodes.POP));
        list.add(suppression.throwAtOnce()
                ? new InsnNode(Opcodes.ATHROW)
                : new VarInsnNode(Opcodes.ASTORE, failure));
        code.insertBefore(suppression.call(), list);
        code.remove(suppression.call());
    }

    /** The exception is handed to the exit, as to a {@code catch}: its trace is to be completed, as there. */
    private void catchVisibly(Set<LabelNode> handlers) {
        for (TryCatchBlockNode region : method.tryCatchBlocks) {
            if (region.type == null && handlers.contains(region.handler)) {
                region.type = "java/lang/Throwable";
            }
        }
    }
}
