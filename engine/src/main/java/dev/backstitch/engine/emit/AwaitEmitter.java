package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * An {@code await}: in a body on demand, the static forms of {@code Frame}, whose outcome may be something that stops; in
 * one that has its frame from the start, the frame's own, which has the frame wait for that.
 *
 * @param temp a free local
 */
record AwaitEmitter(Body body, int temp) {

    /** Final classes, of which nothing is a frame. */
    private static final Set<String> FINAL = Set.of(
            "java/lang/String",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Boolean",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Byte");

    /** The class that the result of {@code block}'s await is cast to next, if it is such a class; else null. */
    String likely(Block block) {
        if (block.point == null || !isLate(block.point) || block.next == null) {
            return null;
        }
        int seen = 0;
        for (AbstractInsnNode insn : block.next.code) {
            if (insn.getOpcode() == CHECKCAST) {
                String type = ((TypeInsnNode) insn).desc;
                return FINAL.contains(type) ? type : null;
            }
            // At most, the result goes through a local, past what was on the stack below.
            boolean moves = insn instanceof VarInsnNode || insn instanceof LineNumberNode;
            if (!moves || ++seen > MOVES) {
                return null;
            }
        }
        return null;
    }

    private static final int MOVES = 8;

    /** Whether {@code point} is one that a body passes without a frame, and suspends at only after it has made one. */
    boolean isLate(SuspensionPoint point) {
        return body.onDemand()
                && switch (point.kind()) {
                    case AWAIT, AWAIT_DECLARED, AWAIT_CALL -> true;
                    default -> false;
                };
    }

    /**
     * The local that keeps what a late await awaits, if the body may have to wait for that itself: -1 for a coroutine, whose
     * frame is the outcome, and which must not be kept, or the JIT would have to make it.
     */
    int awaitableLocal(SuspensionPoint point) {
        boolean isCoroutine = point.kind() == PointKind.AWAIT_CALL
                || point.call().desc.startsWith("(L" + RuntimeSymbols.COROUTINE + ";");
        return isLate(point) && !isCoroutine ? temp : -1;
    }

    /**
     * For an awaitable on the stack: leaves the result, or goes to {@code suspend}.
     *
     * @param likely the class that the result is cast to next, or null: if it has that, it goes to {@code next}
     */
    void emit(InsnList to, SuspensionPoint point, LabelNode suspend, String likely, LabelNode next) {
        String bridge = point.awaited() == null ? RuntimeSymbols.AWAIT : RuntimeSymbols.AWAIT_CALL;
        String method = point.awaited() == null ? "" : "Ljava/lang/String;";
        if (body.onDemand()) {
            if (awaitableLocal(point) >= 0) {
                to.add(Emit.op(DUP));
                to.add(Emit.store(awaitableLocal(point)));
            }
            loadRunner(to);
        } else {
            to.add(Emit.load(body.frameLocal()));
            to.add(Emit.op(SWAP));
        }
        if (point.awaited() != null) {
            to.add(Emit.method(point.awaited().call()));
        }
        if (body.onDemand()) {
            to.add(Emit.bridgeStatic(body, bridge,
                    "(Ljava/lang/Object;L" + RuntimeSymbols.FRAME + ";I" + method + ")Ljava/lang/Object;"));
            unlessStopped(to, suspend, likely, next);
        } else {
            to.add(Emit.bridge(body, bridge, "(Ljava/lang/Object;" + method + ")Ljava/lang/Object;"));
            unlessSuspended(to, suspend);
        }
    }

    /** For the arguments of a private coroutine on the stack: calls its body. */
    void emitCall(InsnList to, SuspensionPoint point, LabelNode suspend, String likely, LabelNode next) {
        MethodInsnNode call = point.call();
        loadRunner(to);
        to.add(new MethodInsnNode(INVOKESTATIC, call.owner, call.name, CallEmitter.staticDescriptor(call.desc), false));
        if (body.onDemand()) {
            unlessStopped(to, suspend, likely, next);
        } else {
            to.add(Emit.load(body.frameLocal()));
            to.add(Emit.op(SWAP));
            to.add(Emit.bridge(body, RuntimeSymbols.CALLED, "(Ljava/lang/Object;)Ljava/lang/Object;"));
            unlessSuspended(to, suspend);
        }
    }

    /** The frame that runs and the depth, which a body hands to what it awaits. */
    private void loadRunner(InsnList to) {
        if (body.onDemand()) {
            to.add(Emit.load(body.runnerLocal()));
            to.add(Emit.loadInt(body.depthLocal()));
        } else {
            to.add(Emit.load(body.frameLocal()));
            to.add(Emit.load(body.frameLocal()));
            to.add(Emit.bridge(body, RuntimeSymbols.DEPTH, RuntimeSymbols.DEPTH_DESC));
        }
    }

    /**
     * What is of a {@code likely} class is no frame; where that is tested first, the cast that follows costs nothing, and the
     * other test is never made.
     */
    private void unlessStopped(InsnList to, LabelNode suspend, String likely, LabelNode next) {
        if (likely != null) {
            to.add(Emit.op(DUP));
            to.add(new TypeInsnNode(INSTANCEOF, likely));
            to.add(new JumpInsnNode(IFNE, next));
        }
        to.add(Emit.op(DUP));
        to.add(Emit.bridgeStatic(body, RuntimeSymbols.STOPS, RuntimeSymbols.STOPS_DESC));
        to.add(new JumpInsnNode(IFNE, suspend));
    }

    static void unlessSuspended(InsnList to, LabelNode suspend) {
        to.add(Emit.op(DUP));
        to.add(Emit.suspended());
        to.add(new JumpInsnNode(IF_ACMPEQ, suspend));
    }
}
