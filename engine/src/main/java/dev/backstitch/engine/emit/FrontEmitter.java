package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** What comes before a body's first line: the dispatch by its state, to what restores and saves at each point. */
record FrontEmitter(Body body, FrameLayout layout, PointCode points, GateEmitter gates, StackMaps stackMaps) {

    /**
     * Adds the code.
     *
     * @param reached the points that are resumed
     * @param entry the first of the blocks
     * @param tails how many states are those of tail calls
     */
    void emit(InsnList code, List<SuspensionPoint> reached, LabelNode entry, int tails) {
        LabelNode start = new LabelNode();
        LabelNode resumeTail = new LabelNode();
        int states = body.points().size() + 1 + tails;
        LabelNode[] targets = new LabelNode[states];
        Arrays.fill(targets, start);
        reached.forEach(p -> targets[p.state()] = gates.start(p, points.resumption(p)));
        Arrays.fill(targets, BodyEmitter.firstTailState(body), states, resumeTail);
        gates.clearFlag(code);
        if (body.onDemand() && (states > 1 || body.kind().isCold())) {
            LateFrame.start(code, body, layout, states > 1, entry, stackMaps.atStart());
        }
        if (states > 1) {
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.getField(body.frameName(), BodyEmitter.STATE, body.stateType()));
            gates.keepState(code);
            code.add(dispatch(targets, start));
            code.add(start);
            code.add(stackMaps.atStart());
        }
        if (!body.kind().isCold()) {
            if (states > 1) {
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
        if (tails > 0) {
            code.add(resumeTail);
            code.add(stackMaps.atStart());
            code.add(Emit.load(body.frameLocal()));
            code.add(Emit.bridge(body, RuntimeSymbols.RESUMED, "()Ljava/lang/Object;"));
            code.add(Emit.op(ARETURN));
        }
    }

    /** Where most states lead to one place, only the others are listed. */
    private static AbstractInsnNode dispatch(LabelNode[] targets, LabelNode start) {
        LabelNode most = targets[targets.length - 1];
        int[] others = IntStream.range(0, targets.length).filter(state -> targets[state] != most).toArray();
        if (2 * others.length < targets.length) {
            LabelNode[] leads = IntStream.of(others).mapToObj(state -> targets[state]).toArray(LabelNode[]::new);
            return new LookupSwitchInsnNode(most, others, leads);
        }
        return new TableSwitchInsnNode(0, targets.length - 1, start, targets);
    }
}
