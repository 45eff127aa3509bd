package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * {@code return awaitable}: where a coroutine hands on to what it returns, covered by no {@code try}. A hot coroutine that
 * has not suspended returns it as it is.
 *
 * @param made the call that made what is returned; null if that is not known
 * @param temp a free local
 */
record TailEmitter(Body body, FrameLayout layout, MethodInsnNode made, int temp, StackMaps maps) {

    /** Emits it for a value on the stack; {@code state} is the one it waits in. */
    void emit(InsnList code, int state) {
        boolean isHot = body.kind() == MethodKind.HOT;
        if (isHot) {
            emitHotStart(code);
            code.add(Emit.op(DUP));
            code.add(Emit.store(temp));
        }
        if (body.onDemand()) {
            code.add(Emit.load(body.runnerLocal()));
            code.add(Emit.loadInt(body.depthLocal()));
        } else {
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.bridge(body, RuntimeSymbols.DEPTH, RuntimeSymbols.DEPTH_DESC));
        }
        if (made == null) {
            code.add(Emit.bridgeStatic(body, RuntimeSymbols.TAIL, RuntimeSymbols.TAIL_DESC));
        } else {
            code.add(Emit.method(made));
            code.add(Emit.bridgeStatic(body, RuntimeSymbols.TAIL_CALL, RuntimeSymbols.TAIL_CALL_DESC));
        }
        LabelNode done = new LabelNode();
        code.add(Emit.op(DUP));
        code.add(Emit.bridgeStatic(body, RuntimeSymbols.STOPS, RuntimeSymbols.STOPS_DESC));
        code.add(new JumpInsnNode(IFEQ, done));
        LateFrame.suspend(code, body, layout, isHot ? temp : -1);
        code.add(Emit.load(body.frameLocal()));
        code.add(Emit.constant(state));
        code.add(Emit.putField(body.frameName(), BodyEmitter.STATE, body.stateType()));
        code.add(Emit.load(body.frameLocal()));
        code.add(new MethodInsnNode(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.CLEAR, "()V", false));
        code.add(body.onDemand() ? Emit.load(body.frameLocal()) : Emit.suspended());
        code.add(Emit.op(ARETURN));
        code.add(done);
        code.add(maps.atTail());
        code.add(Emit.op(ARETURN));
    }

    private void emitHotStart(InsnList code) {
        LabelNode first = new LabelNode();
        LabelNode framed = new LabelNode();
        code.add(Emit.load(body.frameLocal()));
        code.add(new JumpInsnNode(IFNULL, first));
        // A loop over awaitEach makes the frame beforehand; its state is 0 until it suspends.
        code.add(Emit.load(body.frameLocal()));
        code.add(Emit.getField(body.frameName(), BodyEmitter.STATE, body.stateType()));
        code.add(new JumpInsnNode(IFNE, framed));
        code.add(first);
        code.add(maps.atTail());
        code.add(Emit.op(ARETURN));
        code.add(framed);
        code.add(maps.atTail());
    }
}
