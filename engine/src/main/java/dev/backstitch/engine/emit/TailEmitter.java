package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * {@code return awaitable}: where a coroutine hands on to what it returns, covered by no {@code try}. A hot coroutine that
 * has not suspended returns it as it is.
 */
final class TailEmitter {
    private TailEmitter() {}

    /** Emits it for a value on the stack; {@code state} is the one it waits in. */
    static void emit(InsnList code, Body body, int state, StackMaps maps) {
        LabelNode framed = new LabelNode();
        if (body.kind() == MethodKind.HOT) {
            LabelNode first = new LabelNode();
            code.add(Emit.load(body.frameLocal()));
            code.add(new JumpInsnNode(IFNULL, first));
            // A loop over awaitEach makes the frame beforehand; its state is 0 until it suspends.
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.getField(body.frameName(), BodyEmitter.STATE, BodyEmitter.STATE_TYPE));
            code.add(new JumpInsnNode(IFNE, framed));
            code.add(first);
            code.add(maps.atTail());
            code.add(Emit.op(ARETURN));
            code.add(framed);
            code.add(maps.atTail());
        }
        code.add(Emit.load(body.frameLocal()));
        code.add(Emit.constant(state));
        code.add(Emit.putField(body.frameName(), BodyEmitter.STATE, BodyEmitter.STATE_TYPE));
        code.add(Emit.load(body.frameLocal()));
        code.add(Emit.op(SWAP));
        code.add(Emit.bridge(body, RuntimeSymbols.TAIL, "(Ljava/lang/Object;)Ljava/lang/Object;"));
        LabelNode done = new LabelNode();
        code.add(Emit.op(DUP));
        code.add(Emit.suspended());
        code.add(new JumpInsnNode(IF_ACMPNE, done));
        code.add(Emit.load(body.frameLocal()));
        code.add(new MethodInsnNode(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.CLEAR, "()V", false));
        if (body.kind() == MethodKind.HOT) {
            code.add(Emit.op(POP));
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.op(ARETURN));
        }
        code.add(done);
        code.add(maps.atTail());
        code.add(Emit.op(ARETURN));
    }
}
