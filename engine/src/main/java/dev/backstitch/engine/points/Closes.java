package dev.backstitch.engine.points;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Calls that close a resource, and the resource's static type: {@code x.close()}, or {@code $closeResource(failure, x)},
 * the method to which javac 9 and 10 moved their close-and-{@code addSuppressed} code.
 */
final class Closes {
    private static final String SHARED = "$closeResource";
    private static final String SHARED_DESC = "(Ljava/lang/Throwable;Ljava/lang/AutoCloseable;)V";

    private final String owner;
    private final MethodNode method;
    private final TypeHierarchy hierarchy;
    private TypedFrames types;

    Closes(String owner, MethodNode method, TypeHierarchy hierarchy) {
        this.owner = owner;
        this.method = method;
        this.hierarchy = hierarchy;
    }

    /** Whether {@code call}, in class {@code owner}, closes anything. A call of the superclass's close is not a use. */
    static boolean isClose(MethodInsnNode call, String owner) {
        return call.name.equals(RuntimeSymbols.CLOSE)
                        && call.desc.equals(RuntimeSymbols.CLOSE_DESC)
                        && call.getOpcode() != Opcodes.INVOKESPECIAL
                        && call.getOpcode() != Opcodes.INVOKESTATIC
                || isShared(call) && call.owner.equals(owner);
    }

    /** Whether {@code call} is one of javac 9's helper method. */
    static boolean isShared(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC && call.name.equals(SHARED) && call.desc.equals(SHARED_DESC);
    }

    /** Whether {@code close}, one that {@link #isClose}, is awaited. */
    TypeHierarchy.Answer suspends(MethodInsnNode close) {
        return isSubtype(close, RuntimeSymbols.ASYNC_CLOSEABLE);
    }

    /** Whether what {@code close} closes is a scope in which no yield may stand. */
    boolean preventsYields(MethodInsnNode close) {
        return isSubtype(close, RuntimeSymbols.PREVENTS_YIELDS) == TypeHierarchy.Answer.YES;
    }

    private TypeHierarchy.Answer isSubtype(MethodInsnNode close, String ancestor) {
        if (!isShared(close)) {
            return hierarchy.isSubtype(close.owner, ancestor);
        }
        if (types == null) {
            types = TypedFrames.of(owner, method);
        }
        int index = method.instructions.indexOf(close);
        if (!types.isReachable(index)) {
            return TypeHierarchy.Answer.NO;
        }
        List<Object> stack = types.stack(index);
        return stack.get(stack.size() - 1) instanceof String type
                ? hierarchy.isSubtype(type, ancestor)
                : TypeHierarchy.Answer.NO;
    }
}
