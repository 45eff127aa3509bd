package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** What a frame class knows of the state it is in: the line, whether it is in a tail call, whether closing it runs something. */
record StateTables(ClassWriter out, Body body, List<Integer> tailLines) {
    /** The types by which a handler catches the exit that closes a frame. */
    private static final Set<String> CATCH_EXIT =
            Set.of("java/lang/Throwable", "java/lang/Error", RuntimeSymbols.GENERATOR_EXIT);

    /** The table from states to lines is a string constant: a char per state. */
    void emitWhere(String sourceFile) {
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
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, body.stateType());
        m.visitMethodInsn(
                INVOKESTATIC, RuntimeSymbols.FRAME, RuntimeSymbols.LOCATION, RuntimeSymbols.LOCATION_DESC, false);
        FrameClassEmitter.end(m, ARETURN);
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

    /** Nothing, if there is no such state. */
    void emitCleansUp() {
        BitSet states = cleaningStates();
        if (states.isEmpty()) {
            return;
        }
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEANS_UP, "()Z", null, null);
        m.visitCode();
        m.visitInsn(ICONST_1);
        FrameClassEmitter.end(m, IRETURN);
        // The table of the states is a string constant: a char per state.
        StringBuilder table = new StringBuilder();
        for (int state = 0; state <= body.points().size() + tailLines.size(); state++) {
            table.append(states.get(state) ? '\1' : '\0');
        }
        m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.CLEANS_UP_NOW, "()Z", null, null);
        m.visitCode();
        m.visitLdcInsn(table.toString());
        m.visitVarInsn(ALOAD, 0);
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, body.stateType());
        m.visitMethodInsn(INVOKEVIRTUAL, "java/lang/String", "charAt", "(I)C", false);
        FrameClassEmitter.end(m, IRETURN);
    }

    void emitInTailCall() {
        MethodVisitor m = out.visitMethod(ACC_PROTECTED, RuntimeSymbols.IN_TAIL_CALL, "()Z", null, null);
        m.visitCode();
        m.visitVarInsn(ALOAD, 0);
        m.visitFieldInsn(GETFIELD, body.frameName(), BodyEmitter.STATE, body.stateType());
        m.visitLdcInsn(BodyEmitter.firstTailState(body));
        Label no = new Label();
        m.visitJumpInsn(IF_ICMPLT, no);
        m.visitInsn(ICONST_1);
        m.visitInsn(IRETURN);
        m.visitLabel(no);
        m.visitFrame(F_SAME, 0, null, 0, null);
        m.visitInsn(ICONST_0);
        FrameClassEmitter.end(m, IRETURN);
    }
}
