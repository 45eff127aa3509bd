package dev.backstitch.engine.emit;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.Node;
import dev.backstitch.engine.plan.SavePlan;
import java.util.Map;
import org.objectweb.asm.tree.LabelNode;

/**
 * What the parts of a body's front share.
 *
 * @param labels those of the nodes
 * @param suspendLabels where a body hands over to suspend at a point, with what stops, or the signal, on the stack
 */
record PointContext(
        Body body,
        BlockGraph graph,
        ControlGraph control,
        FrameLayout layout,
        SavePlan saves,
        StackMaps stackMaps,
        AwaitEmitter awaits,
        GateEmitter gates,
        Map<Node, LabelNode> labels,
        Map<SuspensionPoint, LabelNode> suspendLabels) {}
