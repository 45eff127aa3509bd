package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * The step of a generator, as a method of its own frame class.
 *
 * <pre>
 *   boolean hasNext() {
 *     if (!begin()) return hasNextElsewhere();
 *     Object out;
 *     try { out = body(this); } catch (Throwable t) { throw failed(t); }
 *     if (out == YIELDED) return yielded();
 *     if (phase() == WAITING) return settle(out);           where the body may delegate
 *     clear the slots; markClosed(); keepResult(out); return false;
 *   }
 * </pre>
 *
 * <p>It is what {@code Gen} does for frames that have none of their own. Here it is compiled for one body: a call site that
 * meets many kinds of iterator dispatches once, as with iterators written by hand; the JIT profiles each generator by
 * itself, and a generator that pulls another is not taken for a recursion.
 *
 * <p>Where the body may delegate, this is {@code $step}, and {@code hasNext()} is small enough to be inlined everywhere:
 * {@code return inChain() ? hasNextElsewhere() : $step();}
 */
final class StepEmitter {
    private static final String STEP = "$step";

    private final ClassWriter out;
    private final String frame;
    private final boolean delegates;

    private StepEmitter(ClassWriter out, Body body) {
        this.out = out;
        this.frame = body.frameName();
        this.delegates = body.points().stream().anyMatch(p -> p.kind() == PointKind.YIELD_FROM);
    }

    /**
     * Adds the method, or both, to the frame class of {@code body}.
     *
     * @param callBody writes the call of the body, whose outcome it leaves on the stack
     * @param clearSlots writes what nulls every reference in a slot
     */
    static void emit(
            ClassWriter out, Body body, Consumer<MethodVisitor> callBody, Consumer<MethodVisitor> clearSlots) {
        StepEmitter step = new StepEmitter(out, body);
        if (step.delegates) {
            step.emitHasNext();
        }
        step.emitStep(callBody, clearSlots);
    }

    private void emitHasNext() {
        MethodVisitor m = out.visitMethod(ACC_PUBLIC, RuntimeSymbols.HAS_NEXT, "()Z", null, null);
        m.visitCode();
        Label alone = new Label();
        call(m, RuntimeSymbols.IN_CHAIN, "()Z");
        m.visitJumpInsn(IFEQ, alone);
        call(m, RuntimeSymbols.HAS_NEXT_ELSEWHERE, "()Z");
        m.visitInsn(IRETURN);
        m.visitLabel(alone);
        m.visitFrame(F_SAME, 0, null, 0, null);
        call(m, STEP, "()Z");
        FrameClassEmitter.end(m, IRETURN);
    }

    private void emitStep(Consumer<MethodVisitor> callBody, Consumer<MethodVisitor> clearSlots) {
        MethodVisitor m = out.visitMethod(
                delegates ? 0 : ACC_PUBLIC, delegates ? STEP : RuntimeSymbols.HAS_NEXT, "()Z", null, null);
        m.visitCode();
        Label elsewhere = new Label();
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        m.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        call(m, RuntimeSymbols.BEGIN, "()Z");
        m.visitJumpInsn(IFEQ, elsewhere);
        m.visitLabel(start);
        callBody.accept(m);
        m.visitLabel(end);
        m.visitVarInsn(ASTORE, 1);
        unlessYielded(m);
        if (delegates) {
            unlessDelegated(m);
        }
        clearSlots.accept(m);
        call(m, RuntimeSymbols.MARK_CLOSED, "()V");
        m.visitVarInsn(ALOAD, 0);
        m.visitVarInsn(ALOAD, 1);
        m.visitMethodInsn(INVOKEVIRTUAL, frame, RuntimeSymbols.KEEP_RESULT, RuntimeSymbols.KEEP_RESULT_DESC, false);
        m.visitInsn(ICONST_0);
        m.visitInsn(IRETURN);
        m.visitLabel(elsewhere);
        m.visitFrame(F_CHOP, 1, null, 0, null);
        call(m, RuntimeSymbols.HAS_NEXT_ELSEWHERE, "()Z");
        m.visitInsn(IRETURN);
        m.visitLabel(failed);
        m.visitFrame(F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
        m.visitVarInsn(ASTORE, 1);
        m.visitVarInsn(ALOAD, 0);
        m.visitVarInsn(ALOAD, 1);
        m.visitMethodInsn(INVOKEVIRTUAL, frame, RuntimeSymbols.FAILED, RuntimeSymbols.FAILED_DESC, false);
        FrameClassEmitter.end(m, ATHROW);
    }

    private void unlessYielded(MethodVisitor m) {
        Label other = new Label();
        m.visitVarInsn(ALOAD, 1);
        m.visitFieldInsn(
                GETSTATIC, RuntimeSymbols.SIGNAL, RuntimeSymbols.SIGNAL_YIELDED, "L" + RuntimeSymbols.SIGNAL + ";");
        m.visitJumpInsn(IF_ACMPNE, other);
        call(m, RuntimeSymbols.YIELDED, "()Z");
        m.visitInsn(IRETURN);
        m.visitLabel(other);
        m.visitFrame(F_APPEND, 1, new Object[] {"java/lang/Object"}, 0, null);
    }

    private void unlessDelegated(MethodVisitor m) {
        Label other = new Label();
        call(m, RuntimeSymbols.PHASE, "()B");
        m.visitFieldInsn(GETSTATIC, frame, RuntimeSymbols.WAITING, "B");
        m.visitJumpInsn(IF_ICMPNE, other);
        m.visitVarInsn(ALOAD, 0);
        m.visitVarInsn(ALOAD, 1);
        m.visitMethodInsn(INVOKEVIRTUAL, frame, RuntimeSymbols.SETTLE, RuntimeSymbols.SETTLE_DESC, false);
        m.visitInsn(IRETURN);
        m.visitLabel(other);
        m.visitFrame(F_SAME, 0, null, 0, null);
    }

    private void call(MethodVisitor m, String name, String desc) {
        m.visitVarInsn(ALOAD, 0);
        m.visitMethodInsn(INVOKEVIRTUAL, frame, name, desc, false);
    }
}
