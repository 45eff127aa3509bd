package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.FrameLayout.Saved;
import dev.backstitch.engine.plan.FrameLayout.Slot;
import java.util.List;
import org.objectweb.asm.MethodVisitor;

/**
 * {@code static Object $save_n(Object outcome, int state, F frame, Object awaitable[, receiver], locals...)}: what a body whose
 * points share code does to suspend. Returns what the body is to return.
 *
 * @param locals the arguments, and the slots they go to
 * @param nulled the slots that are set to null
 * @param late whether the frame waits for the outcome, and is made if there is none
 */
record SaveMethod(int number, List<Saved> locals, List<Integer> nulled, boolean late) {
    static final String PREFIX = "$save_";

    String name() {
        return PREFIX + number;
    }

    String descriptor(Body body, FrameLayout layout) {
        StringBuilder s = new StringBuilder("(Ljava/lang/Object;I")
                .append(body.frameDescriptor())
                .append("Ljava/lang/Object;")
                .append(LateFrame.receiver(body, layout));
        locals.forEach(saved -> s.append(Insns.descriptor(saved.type())));
        return s.append(")Ljava/lang/Object;").toString();
    }

    /** Writes the method's code. */
    void emit(MethodVisitor m, Body body, FrameLayout layout) {
        int receivers = layout.keepsReceiver() ? 1 : 0;
        m.visitCode();
        if (late) {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, 2);
            m.visitVarInsn(ALOAD, 3);
            if (receivers > 0) {
                m.visitVarInsn(ALOAD, 4);
            }
            m.visitMethodInsn(
                    INVOKESTATIC, body.frameName(), "$" + LateFrame.SUSPEND, LateFrame.suspendDescriptor(body, layout), false);
            m.visitVarInsn(ASTORE, 2);
        }
        int local = 4 + receivers;
        for (Saved saved : locals) {
            m.visitVarInsn(ALOAD, 2);
            m.visitVarInsn(Insns.typed(ILOAD, saved.type()), local);
            local += Insns.size(saved.type());
            put(m, body, layout.slots().get(saved.slot()));
        }
        for (int slot : nulled) {
            m.visitVarInsn(ALOAD, 2);
            m.visitInsn(ACONST_NULL);
            put(m, body, layout.slots().get(slot));
        }
        m.visitVarInsn(ALOAD, 2);
        m.visitVarInsn(ILOAD, 1);
        m.visitFieldInsn(PUTFIELD, body.frameName(), BodyEmitter.STATE, body.stateType());
        m.visitVarInsn(ALOAD, body.onDemand() ? 2 : 0);
        FrameClassEmitter.end(m, ARETURN);
    }

    private static void put(MethodVisitor m, Body body, Slot slot) {
        m.visitFieldInsn(PUTFIELD, body.frameName(), slot.name(), slot.descriptor());
    }
}
