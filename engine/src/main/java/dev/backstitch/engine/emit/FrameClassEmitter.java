package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.FrameLayout.Saved;
import dev.backstitch.engine.plan.FrameLayout.Slot;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The frame class of one body: its state and typed slots, how the body is run, and what {@link StateTables} and others add. */
public final class FrameClassEmitter {
    private static final String OBJECT = "Ljava/lang/Object;";
    private final Body body;
    private final FrameLayout layout;
    private final MethodNode emitted;
    private final List<Integer> tailLines;
    private final List<SaveMethod> saveMethods;
    private final boolean ownerIsInterface;
    private final String sourceFile;
    private final String superName;
    private final ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    public FrameClassEmitter(
            Body body,
            FrameLayout layout,
            YieldTypes yields,
            MethodNode emitted,
            List<Integer> tailLines,
            List<SaveMethod> saveMethods,
            boolean ownerIsInterface,
            String sourceFile) {
        this.body = body;
        this.layout = layout;
        this.emitted = emitted;
        this.tailLines = tailLines;
        this.saveMethods = saveMethods;
        this.ownerIsInterface = ownerIsInterface;
        this.sourceFile = sourceFile;
        this.superName = YieldTypes.superclass(body, yields);
    }

    /** The slot that holds the receiver of an instance body. */
    static Slot receiver(Body body) {
        return new Slot("$this", "L" + body.owner() + ";");
    }

    /** The descriptor of the constructor: of a cold body's frame, the parameters that the body needs. */
    public static String constructor(Body body, FrameLayout layout) {
        return constructor(body, layout, layout.saved(0));
    }

    static String constructor(Body body, FrameLayout layout, List<Saved> parameters) {
        StringBuilder s = new StringBuilder("(");
        if (layout.keepsReceiver()) {
            s.append(receiver(body).descriptor());
        }
        parameters.forEach(p -> s.append(Insns.descriptor(p.type())));
        return s.append(")V").toString();
    }

    /** The class file. */
    public byte[] emit() {
        out.visit(V1_8, ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, body.frameName(), null, superName, null);
        out.visitField(0, BodyEmitter.STATE, body.stateType(), null, null).visitEnd();
        if (layout.keepsReceiver()) {
            declare(receiver(body));
        }
        layout.slots().forEach(this::declare);
        emitConstructor(layout.saved(0), false);
        if (body.onDemand() && !layout.saved(0).isEmpty()) {
            emitConstructor(List.of(), false);
        }
        if (delegatesToItself()) {
            emitConstructor(layout.saved(0), true);
        }
        emitRun();
        StateTables tables = new StateTables(out, body, tailLines);
        tables.emitWhere(sourceFile);
        emitClear();
        if (!tailLines.isEmpty()) {
            tables.emitInTailCall();
        }
        tables.emitCleansUp();
        ReturnShape shape = body.method().shape();
        if (shape == ReturnShape.ITERABLE || shape == ReturnShape.PUBLISHER) {
            emitFresh();
        }
        if (body.kind() == MethodKind.GENERATOR) {
            StepEmitter.emit(out, body, this::callBody, this::clearSlots);
        }
        if (body.onDemand() && body.kind().isCold()) {
            boolean neverSuspends = body.points().isEmpty() && tailLines.isEmpty();
            new CallEmitter(out, body, layout, this, neverSuspends).emit();
        }
        new BridgeEmitter(out, body, layout, emitted, saveMethods).emit();
        for (SaveMethod save : saveMethods) {
            save.emit(out.visitMethod(ACC_STATIC, save.name(), save.descriptor(body, layout), null, null), body, layout);
        }
        out.visitEnd();
        return out.toByteArray();
    }

    private void declare(Slot slot) {
        out.visitField(0, slot.name(), slot.descriptor(), null, null).visitEnd();
    }

    private boolean delegatesToItself() {
        for (AbstractInsnNode insn : emitted.instructions) {
            if (insn instanceof MethodInsnNode call && SelfDelegation.isFactory(call, body)) {
                return true;
            }
        }
        return false;
    }

    /** @param delegated whether it takes the frame that delegates to this one, too */
    private void emitConstructor(List<Saved> parameters, boolean delegated) {
        String descriptor = delegated
                ? new SelfDelegation(body, layout).constructor()
                : constructor(body, layout, parameters);
        MethodVisitor m = out.visitMethod(0, "<init>", descriptor, null, null);
        m.visitCode();
        m.visitVarInsn(ALOAD, 0);
        m.visitMethodInsn(INVOKESPECIAL, superName, "<init>", "()V", false);
        int local = 1;
        if (layout.keepsReceiver()) {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, local++);
            put(m, receiver(body));
        }
        for (Saved parameter : parameters) {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(Insns.typed(ILOAD, parameter.type()), local);
            local += Insns.size(parameter.type());
            put(m, layout.slots().get(parameter.slot()));
        }
        if (delegated) {
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, local);
            m.visitMethodInsn(INVOKEVIRTUAL, body.frameName(), RuntimeSymbols.UNDER, RuntimeSymbols.UNDER_DESC, false);
        }
        end(m, RETURN);
    }

    private void emitRun() {
        MethodVisitor m = out.visitMethod(
                ACC_PROTECTED, RuntimeSymbols.RUN, RuntimeSymbols.RUN_DESC, null, new String[] {"java/lang/Throwable"});
        m.visitCode();
        if (!tailLines.isEmpty()) {
            resumeTail(m);
        }
        if (body.onDemand()) {
            m.visitVarInsn(ALOAD, 0); // for suspendedIfSelf
        }
        callBody(m);
        if (body.onDemand()) {
            m.visitMethodInsn(
                    INVOKEVIRTUAL, superName, RuntimeSymbols.SUSPENDED_IF_SELF, "(" + OBJECT + ")" + OBJECT, false);
        }
        end(m, ARETURN);
    }

    /** After a tail call there is nothing left for the body to do; nor does the frame have its receiver any more. */
    private void resumeTail(MethodVisitor m) {
        Label body = new Label();
        m.visitVarInsn(ALOAD, 0);
        m.visitMethodInsn(INVOKEVIRTUAL, this.body.frameName(), RuntimeSymbols.IN_TAIL_CALL, "()Z", false);
        m.visitJumpInsn(IFEQ, body);
        m.visitVarInsn(ALOAD, 0);
        m.visitMethodInsn(INVOKEVIRTUAL, superName, RuntimeSymbols.RESUMED, "()" + OBJECT, false);
        m.visitInsn(ARETURN);
        m.visitLabel(body);
        m.visitFrame(F_SAME, 0, null, 0, null);
    }

    /** The body, to be resumed. */
    private void callBody(MethodVisitor m) {
        if (layout.keepsReceiver()) {
            m.visitVarInsn(ALOAD, 0);
            get(m, receiver(body));
        } else if (body.hasReceiver()) {
            m.visitInsn(ACONST_NULL);
        }
        if (body.onDemand()) {
            for (Type type : Type.getArgumentTypes(body.code().desc)) {
                m.visitInsn(zero(type));
            }
            m.visitVarInsn(ALOAD, 0);
            m.visitVarInsn(ALOAD, 0);
            m.visitMethodInsn(INVOKEVIRTUAL, superName, RuntimeSymbols.DEPTH, RuntimeSymbols.DEPTH_DESC, false);
        }
        m.visitVarInsn(ALOAD, 0);
        invokeBody(m);
    }

    void invokeBody(MethodVisitor m) {
        int call = BodySignature.isStatic(layout) ? INVOKESTATIC : ownerIsInterface ? INVOKEINTERFACE : INVOKEVIRTUAL;
        m.visitMethodInsn(
                call, body.owner(), body.code().name, BodySignature.descriptor(body, layout), ownerIsInterface);
    }

    static int zero(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> LCONST_0;
            case Type.FLOAT -> FCONST_0;
            case Type.DOUBLE -> DCONST_0;
            case Type.OBJECT, Type.ARRAY -> ACONST_NULL;
            default -> ICONST_0;
        };
    }

    private void emitClear() {
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEAR, "()V", null, null);
        m.visitCode();
        clearSlots(m);
        end(m, RETURN);
    }

    private void clearSlots(MethodVisitor m) {
        if (layout.keepsReceiver()) {
            clear(m, receiver(body));
        }
        layout.slots().stream().filter(Slot::isReference).forEach(slot -> clear(m, slot));
    }

    void clear(MethodVisitor m, Slot slot) {
        m.visitVarInsn(ALOAD, 0);
        m.visitInsn(ACONST_NULL);
        put(m, slot);
    }

    private void emitFresh() {
        MethodVisitor m = out.visitMethod(
                ACC_PROTECTED, RuntimeSymbols.FRESH, RuntimeSymbols.FRESH_DESC, null, null);
        m.visitCode();
        m.visitTypeInsn(NEW, body.frameName());
        m.visitInsn(DUP);
        if (layout.keepsReceiver()) {
            m.visitVarInsn(ALOAD, 0);
            get(m, receiver(body));
        }
        layout.saved(0).forEach(parameter -> load(m, parameter));
        m.visitMethodInsn(INVOKESPECIAL, body.frameName(), "<init>", constructor(body, layout), false);
        end(m, ARETURN);
    }

    void load(MethodVisitor m, Saved parameter) {
        m.visitVarInsn(ALOAD, 0);
        Slot slot = layout.slots().get(parameter.slot());
        get(m, slot);
        if (slot.isReference() && !slot.descriptor().equals(Insns.descriptor(parameter.type()))) {
            m.visitTypeInsn(CHECKCAST, (String) parameter.type());
        }
    }

    void get(MethodVisitor m, Slot slot) {
        m.visitFieldInsn(GETFIELD, body.frameName(), slot.name(), slot.descriptor());
    }

    private void put(MethodVisitor m, Slot slot) {
        m.visitFieldInsn(PUTFIELD, body.frameName(), slot.name(), slot.descriptor());
    }

    static void end(MethodVisitor m, int returns) {
        m.visitInsn(returns);
        m.visitMaxs(0, 0);
        m.visitEnd();
    }
}
