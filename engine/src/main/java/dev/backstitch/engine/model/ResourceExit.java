package dev.backstitch.engine.model;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What a {@code close()} that is awaited does to the exception that is under way, if there is one. All instructions are
 * those of the method as read.
 *
 * @param point the close; of kind {@link PointKind#CLOSE}
 * @param failure the local that holds the exception under way; -1 where none can be
 * @param mayBeNull whether that local may be null here: then no exception is under way after all
 * @param bodies the handlers that caught it: what they cover is the body of the {@code try} statement
 * @param end the instruction in front of the place where control goes on when the exit swallows the exception, which is
 *     behind the close at the body's normal end; null if the statement has no such end
 * @param suppressions the compiler's calls of {@code addSuppressed} for what this close throws
 * @param preventsYields whether the resource is a scope that must not be left by a {@code yield} (PEP 789)
 */
public record ResourceExit(
        SuspensionPoint point,
        int failure,
        boolean mayBeNull,
        Set<LabelNode> bodies,
        AbstractInsnNode end,
        List<Suppression> suppressions,
        boolean preventsYields) {

    /**
     * {@code failure.addSuppressed(u)}, where {@code u} is to be thrown in place of {@code failure}.
     *
     * @param call the call of {@code addSuppressed}
     * @param throwAtOnce whether {@code u} is thrown here; else it takes the local's place, and what follows throws that
     */
    public record Suppression(MethodInsnNode call, boolean throwAtOnce) {}

    /** A close with no exception under way. */
    public static ResourceExit plain(SuspensionPoint point) {
        return new ResourceExit(point, -1, false, Set.of(), null, List.of(), false);
    }

    /** Whether an exception may be under way. */
    public boolean hasFailure() {
        return failure >= 0;
    }
}
