package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.FrameLayout.Saved;
import dev.backstitch.engine.plan.FrameLayout.Slot;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** How a body is run without a frame: what the frame class of a cold coroutine has for its awaiters. */
record CallEmitter(ClassWriter out, Body body, FrameLayout layout, FrameClassEmitter frame, boolean neverSuspends) {

    /** The descriptor of {@code $call} by that of what it stands for: receiver, if any, and arguments. */
    static String staticDescriptor(String parameters) {
        return parameters.substring(0, parameters.indexOf(')')) + "L" + RuntimeSymbols.FRAME + ";I)Ljava/lang/Object;";
    }

    /** Adds the methods. */
    void emit() {
        emitCall();
        if ((body.code().access & ACC_PRIVATE) != 0) {
            emitStaticCall();
        }
    }

    /**
     * {@code call}: the body with the arguments that the frame holds, and without the frame, if this is the method called. The
     * frame lets its receiver and its arguments go, for somebody may keep it: its own body will not run any more, because it is
     * closed when the call has ended, and has been replaced by another when that has suspended.
     */
    private void emitCall() {
        MethodVisitor m = out.visitMethod(
                ACC_PROTECTED, RuntimeSymbols.CALL, RuntimeSymbols.CALL_DESC, null, new String[] {"java/lang/Throwable"});
        m.visitCode();
        Label own = new Label();
        m.visitVarInsn(ALOAD, 3);
        m.visitLdcInsn(Emit.methodOf(body.code().name, body.code().desc));
        m.visitJumpInsn(IF_ACMPEQ, own);
        m.visitVarInsn(ALOAD, 0);
        m.visitVarInsn(ALOAD, 1);
        m.visitVarInsn(ILOAD, 2);
        m.visitVarInsn(ALOAD, 3);
        m.visitMethodInsn(INVOKESPECIAL, RuntimeSymbols.COROUTINE, RuntimeSymbols.CALL, RuntimeSymbols.CALL_DESC, false);
        m.visitInsn(ARETURN);
        m.visitLabel(own);
        m.visitFrame(F_SAME, 0, null, 0, null);
        if (layout.keepsReceiver()) {
            m.visitVarInsn(ALOAD, 0);
            frame.get(m, FrameClassEmitter.receiver(body));
        }
        List<Type> parameters = body.parameters();
        for (int i = layout.keepsReceiver() ? 1 : 0; i < parameters.size(); i++) {
            int local = body.parameterLocal(i);
            Saved saved = layout.saved(0).stream().filter(s -> s.local() == local).findAny().orElse(null);
            if (saved == null) {
                m.visitInsn(FrameClassEmitter.zero(parameters.get(i)));
            } else {
                frame.load(m, saved);
            }
        }
        if (layout.keepsReceiver()) {
            frame.clear(m, FrameClassEmitter.receiver(body));
        }
        for (Saved saved : layout.saved(0)) {
            Slot slot = layout.slots().get(saved.slot());
            if (slot.isReference()) {
                frame.clear(m, slot);
            }
        }
        m.visitVarInsn(ALOAD, 1);
        m.visitVarInsn(ILOAD, 2);
        m.visitInsn(ACONST_NULL);
        frame.invokeBody(m);
        if (neverSuspends) {
            m.visitVarInsn(ALOAD, 0);
            m.visitMethodInsn(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.RETURNED, "()V", false);
        }
        FrameClassEmitter.end(m, ARETURN);
    }

    /** {@code static $call}: the body as an awaiter of the same class calls it, which tells how deep on the stack it is. */
    private void emitStaticCall() {
        StringBuilder parameters = new StringBuilder("(");
        body.parameters().forEach(parameters::append);
        MethodVisitor m = out.visitMethod(
                ACC_STATIC,
                "$" + RuntimeSymbols.CALL,
                staticDescriptor(parameters.append(')').toString()),
                null,
                new String[] {"java/lang/Throwable"});
        m.visitCode();
        int local = 0;
        for (Type type : body.parameters()) {
            m.visitVarInsn(type.getOpcode(ILOAD), local);
            local += type.getSize();
        }
        m.visitVarInsn(ALOAD, local);
        m.visitVarInsn(ILOAD, local + 1);
        m.visitInsn(ICONST_1);
        m.visitInsn(IADD);
        m.visitInsn(ACONST_NULL);
        frame.invokeBody(m);
        FrameClassEmitter.end(m, ARETURN);
    }
}
