package dev.backstitch.engine.model;

import java.util.List;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method to be rewritten.
 *
 * @param node the method as read
 * @param shape what its return type makes of it
 * @param points its suspension points in code order
 * @param exits what its points of kind {@link PointKind#CLOSE} mean, in the same order
 */
public record SuspendingMethod(
        MethodNode node, ReturnShape shape, List<SuspensionPoint> points, List<ResourceExit> exits) {
    /** A method without closes. */
    public SuspendingMethod(MethodNode node, ReturnShape shape, List<SuspensionPoint> points) {
        this(node, shape, points, List.of());
    }

    public MethodKind kind() {
        return shape.kind();
    }
}
