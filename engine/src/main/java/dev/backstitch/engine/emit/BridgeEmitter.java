package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The package-private bridges of a frame class ({@code $await}, {@code $resumed}, ...) through which the body, which stands in
 * the same package but in another class, reaches the protected methods of the runtime.
 */
record BridgeEmitter(
        ClassWriter out, Body body, FrameLayout layout, MethodNode emitted, List<SaveMethod> saveMethods) {

    /** Adds the bridges that the emitted body calls. */
    void emit() {
        Set<String> seen = new LinkedHashSet<>();
        if (saveMethods.stream().anyMatch(SaveMethod::late)) {
            String suspend = LateFrame.suspendDescriptor(body, layout);
            seen.add("$" + LateFrame.SUSPEND + suspend);
            emitBridge(LateFrame.SUSPEND, suspend, true);
        }
        for (AbstractInsnNode insn : emitted.instructions) {
            if (insn instanceof MethodInsnNode call
                    && call.owner.equals(body.frameName())
                    && call.name.startsWith("$")
                    && !call.name.equals("$" + RuntimeSymbols.CALL)
                    && !call.name.startsWith(SaveMethod.PREFIX)
                    && seen.add(call.name + call.desc)) {
                emitBridge(call.name.substring(1), call.desc, call.getOpcode() == INVOKESTATIC);
            }
        }
    }

    private void emitBridge(String name, String desc, boolean isStatic) {
        MethodVisitor m = out.visitMethod(isStatic ? ACC_STATIC : 0, "$" + name, desc, null, null);
        m.visitCode();
        switch (name) {
            case LateFrame.ENSURE, LateFrame.SUSPEND -> emitLateFrame(m, name.equals(LateFrame.SUSPEND));
            case SelfDelegation.FACTORY -> new SelfDelegation(body, layout).emitFactory(m);
            case RuntimeSymbols.ENDING -> {
                m.visitVarInsn(ALOAD, 0);
                String owner = body.kind() == MethodKind.GENERATOR ? RuntimeSymbols.GEN : RuntimeSymbols.ASYNC_GEN;
                m.visitMethodInsn(INVOKESTATIC, owner, name, desc, false);
                FrameClassEmitter.end(m, ARETURN);
            }
            default -> {
                int local = 0;
                if (!isStatic) {
                    m.visitVarInsn(ALOAD, local++);
                }
                for (Type argument : Type.getArgumentTypes(desc)) {
                    m.visitVarInsn(argument.getOpcode(ILOAD), local);
                    local += argument.getSize();
                }
                m.visitMethodInsn(
                        isStatic ? INVOKESTATIC : INVOKEVIRTUAL,
                        isStatic ? RuntimeSymbols.FRAME : body.frameName(), name, desc, false);
                FrameClassEmitter.end(m, Type.getReturnType(desc).getOpcode(IRETURN));
            }
        }
    }

    /**
     * {@code static F $ensure(F frame, Frame runner, int depth[, receiver])} and
     * {@code static F $suspend(Object outcome, F frame, Object awaitable[, receiver])}.
     */
    private void emitLateFrame(MethodVisitor m, boolean suspends) {
        int frame = suspends ? 1 : 0;
        m.visitVarInsn(ALOAD, frame);
        Label there = new Label();
        m.visitJumpInsn(IFNONNULL, there);
        m.visitTypeInsn(NEW, body.frameName());
        m.visitInsn(DUP);
        if (layout.keepsReceiver()) {
            m.visitVarInsn(ALOAD, 3);
        }
        m.visitMethodInsn(INVOKESPECIAL, body.frameName(), "<init>", FrameClassEmitter.constructor(body, layout, List.of()), false);
        m.visitVarInsn(ASTORE, frame);
        m.visitVarInsn(ALOAD, frame);
        if (suspends) {
            m.visitMethodInsn(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.LOOSE, RuntimeSymbols.LOOSE_DESC, false);
        } else {
            m.visitVarInsn(ALOAD, 1);
            m.visitVarInsn(ILOAD, 2);
            m.visitMethodInsn(
                    INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.MADE_RUNNING, RuntimeSymbols.MADE_RUNNING_DESC, false);
        }
        m.visitLabel(there);
        m.visitFrame(F_SAME, 0, null, 0, null);
        m.visitVarInsn(ALOAD, frame);
        if (suspends) {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, 2);
            m.visitMethodInsn(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.WAIT_ON, RuntimeSymbols.WAIT_ON_DESC, false);
            m.visitVarInsn(ALOAD, frame);
        }
        FrameClassEmitter.end(m, ARETURN);
    }
}
