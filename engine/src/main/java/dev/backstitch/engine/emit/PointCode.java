package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.Node;
import dev.backstitch.engine.plan.SavePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;

/** The code in front of a body that its suspension points need: how they resume, and how they suspend. */
abstract class PointCode {
    final Body body;
    final BlockGraph graph;
    final ControlGraph control;
    final FrameLayout layout;
    final SavePlan saves;
    final StackMaps stackMaps;
    final AwaitEmitter awaits;
    final GateEmitter gates;
    /** Those of the nodes. */
    final Map<Node, LabelNode> labels;
    /** Where a body hands over to suspend at a point, with what stops, or the signal to return, on the stack. */
    final Map<SuspensionPoint, LabelNode> suspendLabels;
    /** For each place of resumption that has code of its own: the label behind that. */
    final Map<Node, LabelNode> resumptionEnds = new LinkedHashMap<>();

    PointCode(PointContext context) {
        body = context.body();
        graph = context.graph();
        control = context.control();
        layout = context.layout();
        saves = context.saves();
        stackMaps = context.stackMaps();
        awaits = context.awaits();
        gates = context.gates();
        labels = context.labels();
        suspendLabels = context.suspendLabels();
    }

    /** Decides what is written for {@code points}. */
    abstract void plan(List<SuspensionPoint> points);

    /** Where {@code point} is resumed. */
    abstract LabelNode resumption(SuspensionPoint point);

    /** Goes to where {@code point}, which always suspends, does that; the signal to return is on the stack. */
    void suspend(InsnList to, SuspensionPoint point) {
        to.add(Emit.jump(suspendLabels.get(point)));
    }

    /** Writes the code. */
    abstract void emit(InsnList code);

    final void loadFrame(InsnList to) {
        to.add(Emit.load(body.frameLocal()));
    }

    /** Restores {@code locals} from the frame. */
    final void restore(InsnList code, List<FrameLayout.Saved> locals) {
        for (FrameLayout.Saved saved : locals) {
            if (saved.slot() < 0) {
                code.add(Emit.op(ACONST_NULL));
            } else {
                FrameLayout.Slot slot = layout.slots().get(saved.slot());
                loadFrame(code);
                code.add(Emit.getField(body.frameName(), slot.name(), slot.descriptor()));
                if (slot.isReference() && !slot.descriptor().equals(Insns.descriptor(saved.type()))) {
                    code.add(Emit.cast((String) saved.type()));
                }
            }
            code.add(Insns.store(saved.type() == NULL ? "java/lang/Object" : saved.type(), saved.local()));
        }
    }

    /** Takes what {@code node}'s point was resumed with; its handlers see what was thrown in instead. Leaves it on the stack. */
    final void emitResumed(InsnList code, Node node) {
        labels.put(node, new LabelNode());
        code.add(labels.get(node));
        loadFrame(code);
        code.add(Emit.bridge(body, RuntimeSymbols.RESUMED, "()Ljava/lang/Object;"));
        if (node.resumes.kind() == PointKind.EACH_NEXT) {
            Emit.unboxBoolean(code);
        }
    }

    /** Where {@code node}'s point goes on with that. */
    final LabelNode rest(Node node) {
        return labels.get(node.targets.get(graph.of(node.resumes).next));
    }

    final void endResumed(InsnList code, Node node) {
        LabelNode after = new LabelNode();
        code.add(after);
        resumptionEnds.put(node, after);
    }

    /** Saves what {@code point} keeps, and returns. */
    final void emitSuspension(InsnList code, SuspensionPoint point) {
        var block = graph.of(point);
        if (awaits.isLate(point)) {
            LateFrame.suspend(code, body, layout, awaits.awaitableLocal(point));
        }
        var clean = saves.cleanAt(block);
        for (FrameLayout.Saved saved : layout.saved(point.state())) {
            if (saved.slot() >= 0 && !clean.get(saved.local())) {
                FrameLayout.Slot slot = layout.slots().get(saved.slot());
                loadFrame(code);
                code.add(Insns.load(saved.type(), saved.local()));
                code.add(Emit.putField(body.frameName(), slot.name(), slot.descriptor()));
            }
        }
        saves.staleAt(block).stream().forEach(i -> {
            FrameLayout.Slot slot = layout.slots().get(i);
            loadFrame(code);
            code.add(Emit.op(ACONST_NULL));
            code.add(Emit.putField(body.frameName(), slot.name(), slot.descriptor()));
        });
        loadFrame(code);
        code.add(Emit.constant(point.state()));
        code.add(Emit.putField(body.frameName(), BodyEmitter.STATE, body.stateType()));
        if (body.onDemand()) {
            if (!awaits.isLate(point)) {
                code.add(Emit.op(POP));
            }
            loadFrame(code);
        }
        code.add(Emit.op(ARETURN));
    }
}
