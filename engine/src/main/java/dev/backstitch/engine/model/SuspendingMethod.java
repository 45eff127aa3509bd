package dev.backstitch.engine.model;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method to be rewritten.
 *
 * @param node the method as read
 * @param shape what its return type makes of it
 * @param points its suspension points in code order
 * @param exits what its points of kind {@link PointKind#CLOSE} mean, in the same order
 * @param tails for a {@code return} of what a call has just returned, which nobody else gets: that call
 */
public record SuspendingMethod(
        MethodNode node,
        ReturnShape shape,
        List<SuspensionPoint> points,
        List<ResourceExit> exits,
        Map<AbstractInsnNode, MethodInsnNode> tails) {
    public MethodKind kind() {
        return shape.kind();
    }
}
