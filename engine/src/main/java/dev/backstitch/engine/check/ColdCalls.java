package dev.backstitch.engine.check;

import dev.backstitch.engine.flow.ValueFlow;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.Set;
import java.util.function.BiConsumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Calls that make something cold, a coroutine or a generator, of which nothing runs because nobody gets it. Hot ones are
 * another matter: a dropped {@code Task} or {@code CompletableFuture} runs to its end.
 */
final class ColdCalls {
    private static final Set<String> COLD = Set.of(
            "L" + RuntimeSymbols.COROUTINE + ";", "L" + RuntimeSymbols.GEN + ";", "L" + RuntimeSymbols.ASYNC_GEN + ";");

    private ColdCalls() {}

    /** Whether it is worth following values: whether such a call is followed by an instruction that drops or stores. */
    static boolean mayDrop(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (isCold(insn)) {
                AbstractInsnNode next = insn.getNext();
                while (next != null && next.getOpcode() < 0) {
                    next = next.getNext();
                }
                if (next != null && (next.getOpcode() == Opcodes.POP || next.getOpcode() == Opcodes.ASTORE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Reports each such call whose value is used nowhere. */
    static void dropped(MethodNode method, ValueFlow flow, BiConsumer<MethodInsnNode, String> report) {
        for (AbstractInsnNode insn : method.instructions) {
            if (isCold(insn) && flow.isReachable(insn) && !flow.isUsed(insn)) {
                MethodInsnNode call = (MethodInsnNode) insn;
                report.accept(call, Suspicions.nameOf(call));
            }
        }
    }

    private static boolean isCold(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && COLD.contains(Type.getReturnType(call.desc).getDescriptor())
                && !isEnding(call);
    }

    /** {@code Coroutine.of(x)}, {@code Coroutine.done()}, {@code Gen.end()}: nothing is lost with them. */
    private static boolean isEnding(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC
                && COLD.contains("L" + call.owner + ";")
                && (call.name.equals(RuntimeSymbols.OF)
                        || call.name.equals(RuntimeSymbols.DONE)
                        || call.name.equals(RuntimeSymbols.END));
    }
}
