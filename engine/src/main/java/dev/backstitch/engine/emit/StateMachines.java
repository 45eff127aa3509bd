package dev.backstitch.engine.emit;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.StateMachine;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.tree.LocalVariableNode;

/** Describes what has been planned and emitted for one method. */
public final class StateMachines {
    private StateMachines() {}

    /**
     * The description.
     *
     * @param sizes bytes of code before, of code after, and of the frame's class file
     */
    public static StateMachine of(Body body, FrameLayout layout, ControlGraph control, int... sizes) {
        Map<String, String> slots = new LinkedHashMap<>();
        layout.slots().forEach(slot -> slots.put(slot.name(), slot.descriptor()));
        List<StateMachine.State> states = new ArrayList<>();
        Map<Integer, Set<Integer>> successors = new TreeMap<>();
        states.add(new StateMachine.State(0, 0, null, live(body, layout, 0, 0)));
        successors.put(0, reachable(control.entry()));
        for (SuspensionPoint point : body.points()) {
            if (control.resumption(point) == null) {
                continue; // in code that is never reached
            }
            int index = body.code().instructions.indexOf(point.call());
            String owner = point.call().owner;
            states.add(new StateMachine.State(
                    point.state(),
                    point.line(),
                    owner.substring(owner.lastIndexOf('/') + 1) + "." + point.call().name,
                    live(body, layout, point.state(), index)));
            successors.put(point.state(), reachable(control.resumption(point)));
        }
        return new StateMachine(
                body.method().node().name, body.method().node().desc, body.kind(), body.frameName(), states, slots,
                successors, sizes[0], sizes[1], sizes[2]);
    }

    private static List<StateMachine.Live> live(Body body, FrameLayout layout, int state, int index) {
        List<StateMachine.Live> live = new ArrayList<>();
        if (layout.keepsReceiver()) {
            live.add(new StateMachine.Live("this", "L" + body.owner() + ";", "$this"));
        }
        for (FrameLayout.Saved saved : layout.saved(state)) {
            live.add(new StateMachine.Live(
                    nameOf(body, saved.local(), index),
                    Insns.descriptor(saved.type()),
                    saved.slot() < 0 ? null : layout.slots().get(saved.slot()).name()));
        }
        return live;
    }

    private static String nameOf(Body body, int local, int index) {
        List<LocalVariableNode> variables = body.code().localVariables;
        if (variables != null) {
            var code = body.code().instructions;
            for (LocalVariableNode variable : variables) {
                if (variable.index == local
                        && code.indexOf(variable.start) <= Math.max(index, 1)
                        && index < code.indexOf(variable.end)) {
                    return variable.name;
                }
            }
        }
        return null;
    }

    /** The states at which the method may suspend next when it goes on from {@code from}. */
    private static Set<Integer> reachable(Node from) {
        Set<Integer> states = new TreeSet<>();
        Set<Node> seen = new HashSet<>(Set.of(from));
        Deque<Node> work = new ArrayDeque<>(seen);
        while (!work.isEmpty()) {
            Node node = work.pop();
            if (node.isGate()) {
                if (seen.add(node.header)) {
                    work.push(node.header);
                }
                continue;
            }
            if (node.resumes == null && node.block.point != null) {
                states.add(node.block.point.state());
                continue;
            }
            if (node.targets.isEmpty()) {
                states.add(StateMachine.END);
            }
            for (Node target : node.targets.values()) {
                if (seen.add(target)) {
                    work.push(target);
                }
            }
        }
        return states;
    }
}
