package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.FrameLayout.Saved;
import dev.backstitch.engine.plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Points that share code: slower where the body suspends and resumes, and no slower elsewhere; for bodies that would not be
 * compiled otherwise.
 *
 * <pre>
 *   resume group  restore the locals of all; frame.$resumed(); switch (frame.$state) { k: goto rest of k }
 *   suspend k     k; goto save group                      or, alone, k and what follows; in the block if it always suspends
 *   save group    return F.$save_n(signal, k, frame, awaitable, locals)
 * </pre>
 *
 * <p>Points resume together if the same gates lead to them, and no local holds different things in two of them. What a point does not keep is null or some
 * number in the frame then, and nobody reads it. What saves is a method of the frame class.
 */
final class SharedPoints extends PointCode {
    /** A method takes 255 slots at most; some are not locals. */
    private static final int LARGEST_ARGUMENTS = 240;

    /** Points that are resumed by the same code. */
    private static final class Group {
        /** Through which they are resumed, outermost first. A loop that they were in besides would have two entries. */
        final List<Node> gates;
        final LabelNode label = new LabelNode();
        final Map<Integer, Saved> locals = new TreeMap<>();
        final Map<Integer, Object> slotTypes = new LinkedHashMap<>();
        final List<SuspensionPoint> points = new ArrayList<>();

        Group(List<Node> gates) {
            this.gates = gates;
        }
    }

    /** What a point has saved; equal where the same code does it. */
    private record Saving(List<Saved> locals, List<Integer> nulled, boolean late, boolean keepsAwaitable) {}

    private final List<Group> groups = new ArrayList<>();
    private final Map<SuspensionPoint, Group> groupOf = new LinkedHashMap<>();
    private final Map<Saving, List<SuspensionPoint>> savings = new LinkedHashMap<>();
    /** Where points that share the code that saves hand over to it, with their state on the stack. */
    private final Map<SuspensionPoint, LabelNode> shared = new HashMap<>();
    private final List<SaveMethod> methods = new ArrayList<>();

    SharedPoints(PointContext context) {
        super(context);
    }

    /** The methods that the frame class needs for this, after {@link #emit}. */
    List<SaveMethod> methods() {
        return methods;
    }

    // ---------------------------------------------------------------- planning

    @Override
    void plan(List<SuspensionPoint> points) {
        for (SuspensionPoint point : points) {
            Group group = groups.stream().filter(g -> fits(g, point)).findFirst().orElse(null);
            if (group == null) {
                groups.add(group = new Group(gatesOf(point)));
            }
            group.points.add(point);
            groupOf.put(point, group);
            for (Saved saved : layout.saved(point.state())) {
                group.locals.put(saved.local(), saved);
                group.slotTypes.put(saved.slot(), saved.type());
            }
        }
        planSavings(points);
        savings.forEach((saving, together) -> {
            if (together.size() > 1 && canBeArguments(saving)) {
                LabelNode label = new LabelNode();
                together.forEach(p -> shared.put(p, label));
            }
        });
    }

    private static boolean canBeArguments(Saving saving) {
        return saving.locals.stream().mapToInt(saved -> Insns.size(saved.type())).sum() <= LARGEST_ARGUMENTS;
    }

    private List<Node> gatesOf(SuspensionPoint point) {
        List<Node> gates = new ArrayList<>();
        for (Node node = control.start(point); node.isGate(); node = node.resumed.get(point)) {
            gates.add(node);
        }
        return gates;
    }

    private boolean fits(Group group, SuspensionPoint point) {
        if (!group.gates.equals(gatesOf(point))) {
            return false;
        }
        for (Saved saved : layout.saved(point.state())) {
            Saved other = group.locals.get(saved.local());
            Object slotType = group.slotTypes.get(saved.slot());
            if (other != null && !other.equals(saved)
                    || other == null && overlaps(group, saved)
                    || saved.slot() >= 0 && slotType != null && !slotType.equals(saved.type())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a half of {@code saved}, or of what the group has beside it, would be overwritten. */
    private static boolean overlaps(Group group, Saved saved) {
        Saved before = group.locals.get(saved.local() - 1);
        return before != null && Insns.size(before.type()) == 2
                || Insns.size(saved.type()) == 2 && group.locals.containsKey(saved.local() + 1);
    }

    /** Points that keep the same locals save all of them together, as long as that is less code than what each has changed. */
    private void planSavings(List<SuspensionPoint> points) {
        Map<Saving, List<SuspensionPoint>> whole = new LinkedHashMap<>();
        for (SuspensionPoint point : points) {
            whole.computeIfAbsent(saving(point, true), s -> new ArrayList<>()).add(point);
        }
        whole.forEach((saving, together) -> {
            int apart = together.stream().mapToInt(p -> callSize(saving(p, false))).sum();
            if (callSize(saving) + SHARING * together.size() < apart) {
                savings.computeIfAbsent(saving, s -> new ArrayList<>()).addAll(together);
            } else {
                together.forEach(p -> savings.computeIfAbsent(saving(p, false), s -> new ArrayList<>()).add(p));
            }
        });
    }

    /** The bytes that a point needs to hand over to code that it shares. */
    private static final int SHARING = 6;

    private static int callSize(Saving saving) {
        return 14 + 2 * saving.locals.size();
    }

    private Saving saving(SuspensionPoint point, boolean all) {
        var block = graph.of(point);
        var clean = saves.cleanAt(block);
        List<Saved> locals = layout.saved(point.state()).stream()
                .filter(saved -> saved.slot() >= 0 && (all || !clean.get(saved.local())))
                .toList();
        return new Saving(
                locals,
                saves.staleAt(block).stream().boxed().toList(),
                awaits.isLate(point),
                awaits.awaitableLocal(point) >= 0);
    }

    // ---------------------------------------------------------------- writing

    @Override
    LabelNode resumption(SuspensionPoint point) {
        return groupOf.get(point).label;
    }

    @Override
    void emit(InsnList code) {
        groups.forEach(group -> emitResumption(code, group));
        savings.forEach((saving, points) -> emitSaving(code, saving, points));
    }

    private void emitResumption(InsnList code, Group group) {
        code.add(group.label);
        code.add(stackMaps.atCase());
        gates.clearFlag(code);
        restore(code, List.copyOf(group.locals.values()));
        Map<Integer, LabelNode> targets = new TreeMap<>();
        if (areAlike(group.points)) {
            Node first = control.resumption(group.points.get(0));
            group.points.forEach(p -> targets.put(p.state(), rest(control.resumption(p))));
            emitResumed(code, first);
            emitSwitch(code, targets);
            endResumed(code, first);
            return;
        }
        Map<SuspensionPoint, LabelNode> own = new LinkedHashMap<>();
        group.points.forEach(p -> own.put(p, new LabelNode()));
        own.forEach((p, label) -> targets.put(p.state(), label));
        emitSwitch(code, targets);
        own.forEach((point, label) -> {
            code.add(label);
            code.add(stackMaps.atGroup(group.locals.values()));
            Node node = control.resumption(point);
            emitResumed(code, node);
            code.add(Emit.jump(rest(node)));
            endResumed(code, node);
        });
    }

    /** Whether what is thrown into {@code points} goes to the same handlers, and what they give is of the same type. */
    private boolean areAlike(List<SuspensionPoint> points) {
        Node first = control.resumption(points.get(0));
        return points.stream().allMatch(p -> {
            Node node = control.resumption(p);
            return node.origin.regions.equals(first.origin.regions)
                    && node.origin.handlers.stream().map(node.targets::get).toList()
                            .equals(first.origin.handlers.stream().map(first.targets::get).toList())
                    && (p.kind() == PointKind.EACH_NEXT) == (points.get(0).kind() == PointKind.EACH_NEXT);
        });
    }

    private void emitSwitch(InsnList code, Map<Integer, LabelNode> targets) {
        if (targets.size() == 1) {
            code.add(Emit.jump(targets.values().iterator().next()));
            return;
        }
        loadFrame(code);
        code.add(Emit.getField(body.frameName(), BodyEmitter.STATE, body.stateType()));
        int[] keys = targets.keySet().stream().mapToInt(i -> i).toArray();
        LabelNode[] leads = targets.values().toArray(new LabelNode[0]);
        int least = keys[0];
        int most = keys[keys.length - 1];
        if (most - least + 1 > 2 * keys.length) {
            code.add(new LookupSwitchInsnNode(leads[0], keys, leads));
            return;
        }
        LabelNode[] table = new LabelNode[most - least + 1];
        java.util.Arrays.fill(table, leads[0]);
        targets.forEach((state, label) -> table[state - least] = label);
        code.add(new TableSwitchInsnNode(least, most, leads[0], table));
    }

    @Override
    void suspend(InsnList to, SuspensionPoint point) {
        if (shared.containsKey(point)) {
            handOver(to, point);
        } else {
            super.suspend(to, point);
        }
    }

    private void handOver(InsnList code, SuspensionPoint point) {
        code.add(Emit.constant(point.state()));
        if (shared.containsKey(point)) {
            code.add(Emit.jump(shared.get(point)));
        }
    }

    private void emitSaving(InsnList code, Saving saving, List<SuspensionPoint> points) {
        if (!canBeArguments(saving)) {
            for (SuspensionPoint point : points) {
                code.add(suspendLabels.get(point));
                code.add(stackMaps.atSuspension(point, awaits.awaitableLocal(point)));
                emitSuspension(code, point);
            }
            return;
        }
        int awaitable = awaits.awaitableLocal(points.get(0));
        LabelNode together = shared.get(points.get(0));
        for (SuspensionPoint point : points) {
            if (together == null || point.kind().mayContinue()) {
                code.add(suspendLabels.get(point));
                code.add(stackMaps.atSuspension(point, awaits.awaitableLocal(point)));
                handOver(code, point);
            }
        }
        if (together != null) {
            code.add(together);
            code.add(stackMaps.atSharedSuspension(saving.locals, awaitable));
        }
        SaveMethod method = new SaveMethod(methods.size(), saving.locals, saving.nulled, saving.late);
        methods.add(method);
        loadFrame(code);
        code.add(awaitable >= 0 ? Emit.load(awaitable) : Emit.op(ACONST_NULL));
        if (layout.keepsReceiver()) {
            code.add(Emit.load(0));
        }
        saving.locals.forEach(saved -> code.add(Insns.load(saved.type(), saved.local())));
        code.add(new MethodInsnNode(INVOKESTATIC, body.frameName(), method.name(), method.descriptor(body, layout), false));
        code.add(Emit.op(ARETURN));
    }
}
