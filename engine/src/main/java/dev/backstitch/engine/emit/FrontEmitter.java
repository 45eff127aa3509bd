package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** What comes before a body's first line: the dispatch by its state, to what restores and saves at each point. */
record FrontEmitter(Body body, FrameLayout layout, PointCode points, GateEmitter gates, StackMaps stackMaps) {

    /**
     * Adds the code.
     *
     * @param reached the points that are resumed
     * @param entry the first of the blocks
     * @param hasTails whether it may wait in tail calls; it is not run any more after one
     */
    void emit(InsnList code, List<SuspensionPoint> reached, LabelNode entry, boolean hasTails) {
        LabelNode start = new LabelNode();
        int states = body.points().size() + 1;
        LabelNode[] targets = new LabelNode[states];
        Arrays.fill(targets, start);
        reached.forEach(p -> targets[p.state()] = gates.start(p, points.resumption(p)));
        boolean suspends = states > 1 || hasTails;
        gates.clearFlag(code);
        if (body.onDemand() && (suspends || body.kind().isCold())) {
            LateFrame.start(code, body, layout, suspends, entry, stackMaps.atStart());
        }
        if (states > 1) {
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.getField(body.frameName(), BodyEmitter.STATE, body.stateType()));
            gates.keepState(code);
            code.add(new TableSwitchInsnNode(0, targets.length - 1, start, targets));
            code.add(start);
            code.add(stackMaps.atStart());
        }
        if (!body.kind().isCold()) {
            if (suspends) {
                // a frame that exists has been suspended: it has no state 0
                code.add(Emit.op(ACONST_NULL));
                code.add(Emit.op(ATHROW));
            } else {
                code.add(Emit.jump(entry));
            }
        } else {
            points.restore(code, layout.saved(0));
            code.add(Emit.jump(entry));
        }
        points.emit(code);
        gates.emitFront(code, points::resumption);
    }
}
