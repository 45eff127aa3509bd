package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.FrameLayout.Saved;
import dev.backstitch.engine.plan.FrameLayout.Slot;
import java.util.BitSet;
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
 * The frame class of one body: its state and typed slots, and package-private bridges ({@code $await}, {@code $resumed},
 * ...) through which the body, which stands in the same package but in another class, reaches the protected methods of
 * the runtime.
 */
public final class FrameClassEmitter {
    private static final String OBJECT = "Ljava/lang/Object;";
    /** The types by which a handler catches the exit that closes a frame. */
    private static final Set<String> CATCH_EXIT =
            Set.of("java/lang/Throwable", "java/lang/Error", RuntimeSymbols.GENERATOR_EXIT);

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

    private static String constructor(Body body, FrameLayout layout, List<Saved> parameters) {
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
        out.visitField(0, BodyEmitter.STATE, BodyEmitter.STATE_TYPE, null, null).visitEnd();
        if (layout.keepsReceiver()) {
            declare(receiver(body));
        }
        layout.slots().forEach(this::declare);
        emitConstructor(layout.saved(0));
        if (body.onDemand() && !layout.saved(0).isEmpty()) {
            emitConstructor(List.of());
        }
        emitRun();
        emitWhere();
        emitClear();
        if (!tailLines.isEmpty()) {
            emitInTailCall();
        }
        BitSet cleaning = cleaningStates();
        if (!cleaning.isEmpty()) {
            emitCleansUp(cleaning);
        }
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
        emitBridges();
        for (SaveMethod save : saveMethods) {
            save.emit(out.visitMethod(ACC_STATIC, save.name(), save.descriptor(body, layout), null, null), body, layout);
        }
        out.visitEnd();
        return out.toByteArray();
    }

    private void declare(Slot slot) {
        out.visitField(0, slot.name(), slot.descriptor(), null, null).visitEnd();
    }

    private void emitConstructor(List<Saved> parameters) {
        MethodVisitor m = out.visitMethod(0, "<init>", constructor(body, layout, parameters), null, null);
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
        end(m, RETURN);
    }

    private void emitRun() {
        MethodVisitor m = out.visitMethod(
                ACC_PROTECTED, RuntimeSymbols.RUN, RuntimeSymbols.RUN_DESC, null, new String[] {"java/lang/Throwable"});
        m.visitCode();
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

    /** The table from states to lines is a string constant: a char per state. */
    private void emitWhere() {
        StringBuilder lines = new StringBuilder("\0");
        for (SuspensionPoint point : body.points()) {
            lines.append((char) point.line());
        }
        tailLines.forEach(line -> lines.append((char) (int) line));
        MethodVisitor m = out.visitMethod(
                ACC_PROTECTED, RuntimeSymbols.WHERE, RuntimeSymbols.WHERE_DESC, null, null);
        m.visitCode();
        m.visitLdcInsn(body.owner().replace('/', '.'));
        m.visitLdcInsn(body.code().name);
        if (sourceFile == null) {
            m.visitInsn(ACONST_NULL);
        } else {
            m.visitLdcInsn(sourceFile);
        }
        m.visitLdcInsn(lines.toString());
        m.visitVarInsn(ALOAD, 0);
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, BodyEmitter.STATE_TYPE);
        m.visitMethodInsn(
                INVOKESTATIC, RuntimeSymbols.FRAME, RuntimeSymbols.LOCATION, RuntimeSymbols.LOCATION_DESC, false);
        end(m, ARETURN);
    }

    private void emitClear() {
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEAR, "()V", null, null);
        m.visitCode();
        clearSlots(m);
        end(m, RETURN);
    }

    private void clearSlots(MethodVisitor m) {
        if (layout.keepsReceiver() && body.kind() == MethodKind.GENERATOR) {
            clear(m, receiver(body));
        }
        layout.slots().stream().filter(Slot::isReference).forEach(slot -> clear(m, slot));
    }

    void clear(MethodVisitor m, Slot slot) {
        m.visitVarInsn(ALOAD, 0);
        m.visitInsn(ACONST_NULL);
        put(m, slot);
    }

    /**
     * The states in which closing the frame would run a {@code finally}, a {@code catch} of what closes it, or the closing of
     * a resource.
     */
    private BitSet cleaningStates() {
        var code = body.code().instructions;
        BitSet states = new BitSet();
        for (SuspensionPoint point : body.points()) {
            int at = code.indexOf(point.call());
            states.set(point.state(), body.code().tryCatchBlocks.stream()
                    .filter(region -> region.type == null || CATCH_EXIT.contains(region.type))
                    .anyMatch(region -> code.indexOf(region.start) < at && at < code.indexOf(region.end)));
        }
        return states;
    }

    private void emitCleansUp(BitSet states) {
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEANS_UP, "()Z", null, null);
        m.visitCode();
        m.visitInsn(ICONST_1);
        end(m, IRETURN);
        // The table of the states is a string constant: a char per state.
        StringBuilder table = new StringBuilder();
        for (int state = 0; state <= body.points().size() + tailLines.size(); state++) {
            table.append(states.get(state) ? '\1' : '\0');
        }
        m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEANS_UP_NOW, "()Z", null, null);
        m.visitCode();
        m.visitLdcInsn(table.toString());
        m.visitVarInsn(ALOAD, 0);
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, BodyEmitter.STATE_TYPE);
        m.visitMethodInsn(INVOKEVIRTUAL, "java/lang/String", "charAt", "(I)C", false);
        end(m, IRETURN);
    }

    private void emitInTailCall() {
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.IN_TAIL_CALL, "()Z", null, null);
        m.visitCode();
        m.visitVarInsn(ALOAD, 0);
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, BodyEmitter.STATE_TYPE);
        m.visitLdcInsn(BodyEmitter.firstTailState(body));
        Label no = new Label();
        m.visitJumpInsn(IF_ICMPLT, no);
        m.visitInsn(ICONST_1);
        m.visitInsn(IRETURN);
        m.visitLabel(no);
        m.visitFrame(F_SAME, 0, null, 0, null);
        m.visitInsn(ICONST_0);
        end(m, IRETURN);
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

    // ---------------------------------------------------------------- bridges

    private void emitBridges() {
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
            case RuntimeSymbols.ENDING -> {
                m.visitVarInsn(ALOAD, 0);
                String owner = body.kind() == MethodKind.GENERATOR ? RuntimeSymbols.GEN : RuntimeSymbols.ASYNC_GEN;
                m.visitMethodInsn(INVOKESTATIC, owner, name, desc, false);
                end(m, ARETURN);
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
                end(m, Type.getReturnType(desc).getOpcode(IRETURN));
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
        m.visitMethodInsn(INVOKESPECIAL, body.frameName(), "<init>", constructor(body, layout, List.of()), false);
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
        end(m, ARETURN);
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
