package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.ArrayList;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/**
 * The emitted body's name, type and access. It has the method's own name, in its own class, so that traces, breakpoints
 * and {@code super} calls stay what they were; its type is unique, because the frame's is.
 */
final class BodySignature {
    private BodySignature() {}

    /** Static, unless every state needs the receiver: a receiver that is dead must not stay reachable. */
    static boolean isStatic(FrameLayout layout) {
        return !layout.keepsReceiver();
    }

    static String descriptor(Body body, FrameLayout layout) {
        StringBuilder s = new StringBuilder("(");
        if (body.hasReceiver() && isStatic(layout)) {
            s.append('L').append(body.owner()).append(';');
        }
        if (body.onDemand()) {
            for (Type type : Type.getArgumentTypes(body.code().desc)) {
                s.append(type);
            }
            s.append('L').append(RuntimeSymbols.FRAME).append(";I");
        }
        return s.append(body.frameDescriptor()).append(")Ljava/lang/Object;").toString();
    }

    static MethodNode declare(Body body, FrameLayout layout, boolean inInterface) {
        int access = body.code().access & (ACC_SYNTHETIC | ACC_STRICT);
        if (isStatic(layout)) {
            access |= ACC_STATIC;
        } else if (!inInterface) {
            access |= ACC_FINAL;
        }
        if (inInterface) {
            access |= ACC_PUBLIC;
        }
        MethodNode method = new MethodNode(ASM9, access, body.code().name, descriptor(body, layout), null, null);
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = new ArrayList<>();
        return method;
    }
}
