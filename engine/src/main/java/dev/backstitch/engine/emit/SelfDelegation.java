package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * {@code Gen.yieldFrom(f(x))} in the static generator method {@code f} itself: recursion. The call would only make a frame, about
 * which the delegation would then ask what is known here: so the frame is made as one that is delegated to, without the call.
 *
 * <pre>
 *   static Object $delegateToNew(args, F parent) { return new F(args, parent); }
 * </pre>
 */
record SelfDelegation(Body body, FrameLayout layout) {
    static final String FACTORY = "delegateToNew";

    /** The call of the method itself whose result, and nothing else, {@code point} of {@code block} delegates to; null if it is not one. */
    MethodInsnNode callBefore(AbstractInsnNode point, List<AbstractInsnNode> block) {
        int i = block.indexOf(point) - 1;
        while (i >= 0 && (block.get(i) instanceof LineNumberNode || block.get(i) instanceof LabelNode)) {
            i--;
        }
        return i >= 0
                        && block.get(i) instanceof MethodInsnNode call
                        && call.getOpcode() == INVOKESTATIC
                        && call.owner.equals(body.owner())
                        && call.name.equals(body.code().name)
                        && call.desc.equals(body.code().desc)
                        && !body.hasReceiver()
                        && body.method().shape() != ReturnShape.ITERABLE
                        && hasRoom()
                ? call
                : null;
    }

    /** Whether there can be one parameter more. */
    private boolean hasRoom() {
        int ofFactory = (Type.getArgumentsAndReturnSizes(descriptor("V")) >> 2) - 1; // it counts a receiver
        return Math.max(ofFactory, Type.getArgumentsAndReturnSizes(constructor()) >> 2) <= Insns.LARGEST_PARAMETERS;
    }

    /** The call of the factory, for the arguments and the body's own frame on the stack. */
    AbstractInsnNode callFactory() {
        return Emit.bridgeStatic(body, FACTORY, descriptor("Ljava/lang/Object;"));
    }

    private String descriptor(String result) {
        StringBuilder s = new StringBuilder("(");
        body.parameters().forEach(s::append);
        return s.append(body.frameDescriptor()).append(')').append(result).toString();
    }

    /** The descriptor of the constructor that takes the frame that delegates, too. */
    String constructor() {
        String own = FrameClassEmitter.constructor(body, layout);
        return own.substring(0, own.length() - ")V".length()) + body.frameDescriptor() + ")V";
    }

    static boolean isFactory(MethodInsnNode call, Body body) {
        return call.owner.equals(body.frameName()) && call.name.equals("$" + FACTORY);
    }

    /** The factory's code. */
    void emitFactory(MethodVisitor m) {
        m.visitTypeInsn(NEW, body.frameName());
        m.visitInsn(DUP);
        int local = 0;
        for (int i = 0; i < body.parameters().size(); i++) {
            Type type = body.parameters().get(i);
            int ofBody = body.parameterLocal(i);
            if (layout.saved(0).stream().anyMatch(saved -> saved.local() == ofBody)) {
                m.visitVarInsn(type.getOpcode(ILOAD), local);
            }
            local += type.getSize();
        }
        m.visitVarInsn(ALOAD, local);
        m.visitMethodInsn(INVOKESPECIAL, body.frameName(), "<init>", constructor(), false);
        FrameClassEmitter.end(m, ARETURN);
    }
}
