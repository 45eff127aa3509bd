package dev.backstitch.engine.normalize;

import dev.backstitch.engine.model.AwaitedCall;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Makes one call of {@code await(f(x))} where {@code f} is a private coroutine of the same class: the body of {@code f} is
 * called, and no coroutine made. Nobody but the class itself can tell: what others may replace or wrap, by a subclass or at
 * run time as a mocking library does, is called under its own name.
 *
 * <p>Precondition: {@link SuspensionPoint#awaited}. Postcondition: such a point's call takes the receiver, if any, and the
 * arguments of {@code f}; it belongs to the frame class of {@code f}.
 */
public final class CallFuser {
    private CallFuser() {}

    /**
     * Rewrites the code of {@code body}.
     *
     * @param frames the frame classes of the private coroutines of the class that start without a frame, by name and
     *     descriptor
     */
    public static void fuse(Body body, Map<String, String> frames) {
        List<SuspensionPoint> points = body.points();
        InsnList code = body.code().instructions;
        for (int i = 0; i < points.size(); i++) {
            SuspensionPoint point = points.get(i);
            AwaitedCall awaited = point.awaited();
            if (awaited == null || !awaited.onSelf() || !awaited.call().owner.equals(body.owner())) {
                continue;
            }
            MethodInsnNode f = awaited.call();
            String frame = frames.get(f.name + f.desc);
            AbstractInsnNode type = point.kind() == PointKind.AWAIT_DECLARED ? previous(point.call()) : null;
            AbstractInsnNode before = previous(type == null ? point.call() : type);
            if (frame == null || before != f || type != null && !(type instanceof LdcInsnNode)) {
                continue;
            }
            String receiver = f.getOpcode() == Opcodes.INVOKESTATIC ? "" : "L" + body.owner() + ";";
            MethodInsnNode fused = new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    frame,
                    "$" + RuntimeSymbols.CALL,
                    "(" + receiver + f.desc.substring(1, f.desc.indexOf(')') + 1)
                            + Type.getReturnType(point.call().desc).getDescriptor(),
                    false);
            code.remove(f);
            if (type != null) {
                code.remove(type);
            }
            code.set(point.call(), fused);
            points.set(i, new SuspensionPoint(fused, PointKind.AWAIT_CALL, point.state(), point.line(), awaited));
        }
    }

    private static AbstractInsnNode previous(AbstractInsnNode insn) {
        AbstractInsnNode previous = insn.getPrevious();
        while (previous != null && previous.getOpcode() < 0) {
            previous = previous.getPrevious();
        }
        return previous;
    }
}
