package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;

/** How a body that started without a frame comes by one. */
final class LateFrame {
    static final String SUSPEND = "suspend";
    static final String ENSURE = "ensure";

    private LateFrame() {}

    /**
     * Started by a call: at {@code entry}, without a frame, unless the stack is too deep for what the body may call in turn.
     * Code for a body that has its frame follows.
     *
     * @param nests whether it may call others
     * @param atStart the stack map of what follows
     */
    static void start(
            InsnList to, Body body, FrameLayout layout, boolean nests, LabelNode entry, FrameNode atStart) {
        to.add(Emit.load(body.frameLocal()));
        if (!nests || !body.kind().isCold()) {
            to.add(new JumpInsnNode(IFNULL, entry));
            return;
        }
        LabelNode framed = new LabelNode();
        to.add(new JumpInsnNode(IFNONNULL, framed));
        to.add(Emit.loadInt(body.depthLocal()));
        to.add(Emit.bridgeStatic(body, RuntimeSymbols.IS_TOO_DEEP, RuntimeSymbols.IS_TOO_DEEP_DESC));
        to.add(new JumpInsnNode(IFEQ, entry));
        StubEmitter.emitFrame(to, body, layout);
        to.add(Emit.op(DUP));
        to.add(Emit.bridge(body, RuntimeSymbols.LOOSE, RuntimeSymbols.LOOSE_DESC));
        to.add(Emit.op(ARETURN));
        to.add(framed);
        to.add(atStart);
    }

    /**
     * With what stops on the stack: has the frame, made if there is none, wait for that.
     *
     * @param awaitable the local of what was awaited; -1 for a coroutine
     */
    static void suspend(InsnList to, Body body, FrameLayout layout, int awaitable) {
        to.add(Emit.load(body.frameLocal()));
        to.add(awaitable < 0 ? Emit.op(ACONST_NULL) : Emit.load(awaitable));
        loadReceiver(to, layout);
        to.add(Emit.bridgeStatic(body, SUSPEND, suspendDescriptor(body, layout)));
        to.add(Emit.store(body.frameLocal()));
    }

    /** Makes the frame of a body that goes on running. */
    static void ensure(InsnList to, Body body, FrameLayout layout) {
        to.add(Emit.load(body.frameLocal()));
        to.add(Emit.load(body.runnerLocal()));
        to.add(Emit.loadInt(body.depthLocal()));
        loadReceiver(to, layout);
        to.add(Emit.bridgeStatic(body, ENSURE, "(" + body.frameDescriptor() + "L" + RuntimeSymbols.FRAME + ";I"
                + receiver(body, layout) + ")" + body.frameDescriptor()));
        to.add(Emit.store(body.frameLocal()));
    }

    static String suspendDescriptor(Body body, FrameLayout layout) {
        return "(Ljava/lang/Object;" + body.frameDescriptor() + "Ljava/lang/Object;" + receiver(body, layout) + ")"
                + body.frameDescriptor();
    }

    /** The descriptor of the receiver that a frame keeps; empty if it keeps none. */
    static String receiver(Body body, FrameLayout layout) {
        return layout.keepsReceiver() ? "L" + body.owner() + ";" : "";
    }

    private static void loadReceiver(InsnList to, FrameLayout layout) {
        if (layout.keepsReceiver()) {
            to.add(Emit.load(0));
        }
    }
}
