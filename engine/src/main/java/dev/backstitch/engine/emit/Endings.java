package dev.backstitch.engine.emit;

import dev.backstitch.engine.model.RuntimeSymbols;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** The calls that only carry a result to a {@code return}: directly before one they need not be made. */
final class Endings {
    private Endings() {}

    /** {@code Coroutine.of(value)} and {@code Gen.end(result)}. */
    static boolean takesValue(MethodInsnNode call) {
        return isEnding(call) && Type.getArgumentCount(call.desc) == 1;
    }

    /** {@code Coroutine.done()}, {@code Gen.end()} and {@code AsyncGen.end()}. */
    static boolean isEmpty(MethodInsnNode call) {
        return isEnding(call) && Type.getArgumentCount(call.desc) == 0;
    }

    private static boolean isEnding(MethodInsnNode call) {
        return switch (call.owner) {
            case RuntimeSymbols.COROUTINE -> call.name.equals(RuntimeSymbols.OF) && call.desc.equals(RuntimeSymbols.OF_DESC)
                    || call.name.equals(RuntimeSymbols.DONE);
            case RuntimeSymbols.GEN, RuntimeSymbols.ASYNC_GEN -> call.name.equals(RuntimeSymbols.END);
            default -> false;
        };
    }
}
