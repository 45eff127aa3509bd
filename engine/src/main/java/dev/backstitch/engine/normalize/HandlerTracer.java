package dev.backstitch.engine.normalize;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Has every {@code catch} of a suspending body complete the trace of what it caught with the frames that wait in the
 * heap. {@code finally} handlers need none: they do not see the exception.
 */
public final class HandlerTracer {
    private HandlerTracer() {}

    /** Rewrites the code of {@code body}. */
    public static void trace(Body body) {
        Set<LabelNode> done = new HashSet<>();
        for (TryCatchBlockNode region : body.code().tryCatchBlocks) {
            if (region.type == null || !done.add(region.handler)) {
                continue;
            }
            AbstractInsnNode first = region.handler;
            while (first.getOpcode() < 0) {
                first = first.getNext();
            }
            InsnList call = new InsnList();
            call.add(new InsnNode(Opcodes.DUP));
            call.add(new VarInsnNode(Opcodes.ALOAD, body.onDemand() ? body.runnerLocal() : body.frameLocal()));
            call.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    body.frameName(),
                    "$" + RuntimeSymbols.CAUGHT,
                    RuntimeSymbols.CAUGHT_DESC,
                    false));
            body.code().instructions.insertBefore(first, call);
        }
    }
}
