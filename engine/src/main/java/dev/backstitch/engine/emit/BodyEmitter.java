package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.MethodKind;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.Node;
import dev.backstitch.engine.plan.SavePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The body as a resumable method.
 *
 * <pre>
 *   dispatch      switch (frame.$state)  (see FrontEmitter)    no lines, before the first line:
 *   resume k      restore locals; frame.$resumed(); goto rest   a debugger never stops here
 *   suspend k     save locals; frame.$state = k; return signal
 *   via gate      into a loop that is resumed through its header (see GateEmitter)
 *   ------------------------------------------------------------------------------
 *   the method's blocks in their order, with their lines; each point hands over to "suspend k"
 *   copies of what remains of a loop's turn (see ControlGraph), with their lines
 * </pre>
 */
public final class BodyEmitter {
    static final String STATE = "$state";

    private final Body body;
    private final BlockGraph graph;
    private final ControlGraph control;
    private final FrameLayout layout;
    private final PointCode points;
    private final boolean small;
    private final StackMaps stackMaps;
    private final YieldTypes yields;
    private final MethodNode out;
    private final InsnList code;
    private final Map<Node, LabelNode> labels = new HashMap<>();
    private final Map<SuspensionPoint, LabelNode> suspendLabels = new HashMap<>();
    /** For a block that returns what it awaits in the end: where that code begins, which no handler covers. */
    private final Map<Node, LabelNode> uncovered = new HashMap<>();
    /** The lines of those returns: each is a state of its own, behind the points' states. */
    private final List<Integer> tailLines = new ArrayList<>();
    /** Of which return that is the state: copies of one share it. */
    private final Map<AbstractInsnNode, Integer> tailStates = new HashMap<>();
    private final LabelNode end = new LabelNode();
    private final int temp;
    private final AwaitEmitter awaits;
    private final GateEmitter gates;
    private int line;
    private Set<Node> jumpedTo;

    /** @param small whether what is in front of the blocks is to be small rather than fast */
    public BodyEmitter(
            Body body,
            BlockGraph graph,
            ControlGraph control,
            FrameLayout layout,
            SavePlan saves,
            TypedFrames types,
            Liveness liveness,
            YieldTypes yields,
            boolean inInterface,
            boolean small) {
        this.body = body;
        this.graph = graph;
        this.control = control;
        this.layout = layout;
        this.small = small;
        this.temp = body.code().maxLocals;
        this.awaits = new AwaitEmitter(body, temp + 2);
        int flag = control.hasGates() ? temp + 3 : -1;
        this.stackMaps = new StackMaps(body, layout, types, liveness, flag);
        this.gates = new GateEmitter(control, stackMaps, labels, flag);
        PointContext context = new PointContext(
                body, graph, control, layout, saves, stackMaps, awaits, gates, labels, suspendLabels);
        this.points = small ? new SharedPoints(context) : new SeparatePoints(context);
        this.yields = yields;
        this.out = BodySignature.declare(body, layout, inInterface);
        this.code = out.instructions;
    }

    /** The first of the states in which a body waits for the result of a tail call. */
    static int firstTailState(Body body) {
        return body.points().size() + 1;
    }

    /** The lines of the tail calls, in the order of their states; complete after {@link #emit}. */
    public List<Integer> tailLines() {
        return tailLines;
    }

    /** The methods that the frame class needs so that this one is small; complete after {@link #emit}. */
    public List<SaveMethod> saveMethods() {
        return points instanceof SharedPoints shared ? shared.methods() : List.of();
    }

    /** Writes the method. */
    public MethodNode emit() {
        for (SuspensionPoint point : body.points()) {
            if (control.resumption(point) != null) {
                suspendLabels.put(point, new LabelNode());
            }
        }
        points.plan(reached());
        List<Node> nodes = control.layout();
        nodes.forEach(n -> labels.put(n, new LabelNode()));
        // The front comes first in the method but needs to know what the blocks use, so they are written first.
        jumpedTo = jumpTargets(nodes);
        InsnList blocks = new InsnList();
        for (int i = 0; i < nodes.size(); i++) {
            emitNode(blocks, nodes.get(i), i + 1 < nodes.size() ? nodes.get(i + 1) : null, nodes, i);
        }
        LabelNode begin = new LabelNode();
        LabelNode escape = new LabelNode();
        new FrontEmitter(body, layout, points, gates, stackMaps)
                .emit(code, reached(), labels.get(control.entry()), !tailLines.isEmpty());
        if (convertsEscapes()) {
            code.add(escape);
            code.add(stackMaps.atEscape());
            loadFrame(code);
            code.add(Emit.bridgeStatic(body, RuntimeSymbols.ESCAPED_CALL, RuntimeSymbols.ESCAPED_CALL_DESC));
            code.add(Emit.op(ATHROW));
        }
        code.add(begin);
        code.add(blocks);
        code.add(end);
        DebugTables.write(out, body, nodes, labels, end, points.resumptionEnds, uncovered);
        if (convertsEscapes()) {
            out.tryCatchBlocks.add(new TryCatchBlockNode(begin, end, escape, RuntimeSymbols.STOP_ITERATION));
        }
        out.maxLocals = temp + (control.hasGates() ? 4 : 3);
        return out;
    }

    private List<SuspensionPoint> reached() {
        return body.points().stream().filter(suspendLabels::containsKey).toList();
    }

    /** Whether what a coroutine must not let out is caught here, because there may be no driver between it and its awaiter. */
    private boolean convertsEscapes() {
        return body.onDemand() && body.kind().isCold();
    }

    private void loadFrame(InsnList to) {
        to.add(Emit.load(body.frameLocal()));
    }

    private void emitNode(InsnList to, Node node, Node following, List<Node> nodes, int position) {
        to.add(labels.get(node));
        boolean fallenInto = position > 0 && fallsThrough(nodes.get(position - 1), node);
        boolean needsMap = !fallenInto || jumpedTo.contains(node);
        if (needsMap) {
            to.add(stackMaps.atBlock(node.block));
        }
        if (node.isGate()) {
            gates.emitGate(to, node, following);
            return;
        }
        if (node.block.line != 0 && node.block.line != line && !startsWithLine(node)) {
            line = node.block.line;
            addLine(to, line);
        }
        boolean emitted = false;
        List<AbstractInsnNode> insns = node.block.code;
        for (int i = 0; i < insns.size(); i++) {
            AbstractInsnNode insn = insns.get(i);
            if (insn instanceof LineNumberNode number) {
                line = number.line;
                addLine(to, line);
                continue;
            }
            emitted = true;
            if (node.block.point != null && insn == node.block.point.call()) {
                emitPoint(to, node);
            } else if (yields.isDropped(insn)) {
                continue;
            } else if (insn.getOpcode() == ARETURN) {
                emitReturn(to, node, insn);
            } else {
                to.add(retarget(insn, node));
            }
        }
        if (!emitted && needsMap) {
            to.add(Emit.op(NOP)); // two stack maps cannot stand at one offset
        }
        Node next = node.block.next == null ? null : node.targets.get(node.block.next);
        if (next != null && next != following && continues(node)) {
            to.add(Emit.jump(labels.get(next)));
        }
    }

    private static boolean startsWithLine(Node node) {
        return !node.block.code.isEmpty() && node.block.code.get(0) instanceof LineNumberNode;
    }

    private static void addLine(InsnList to, int line) {
        LabelNode label = new LabelNode();
        to.add(label);
        to.add(new LineNumberNode(line, label));
    }

    /** Whether control runs off the end of {@code node}'s block. */
    private static boolean continues(Node node) {
        return node.block.next != null && (node.block.point == null || node.block.point.kind().mayContinue());
    }

    private static boolean fallsThrough(Node from, Node to) {
        return from.isGate() ? from.header == to : continues(from) && from.targets.get(from.block.next) == to;
    }

    /** The nodes that are reached otherwise than by falling into them. */
    private Set<Node> jumpTargets(List<Node> nodes) {
        Set<Node> targets = new HashSet<>();
        targets.add(control.entry());
        for (int i = 0; i < nodes.size(); i++) {
            Node from = nodes.get(i);
            if (from.isGate()) {
                targets.add(from);
                continue;
            }
            from.block.jumps.forEach(b -> targets.add(from.targets.get(b)));
            from.block.handlers.forEach(b -> targets.add(from.targets.get(b)));
            if (continues(from)) {
                Node next = from.targets.get(from.block.next);
                if (likely(from) != null || i + 1 == nodes.size() || nodes.get(i + 1) != next) {
                    targets.add(next);
                }
            }
        }
        suspendLabels.keySet().forEach(p -> targets.addAll(control.resumption(p).targets.values()));
        return targets;
    }

    private AbstractInsnNode retarget(AbstractInsnNode insn, Node node) {
        Map<LabelNode, LabelNode> map = new HashMap<>();
        for (LabelNode target : BlockGraph.targets(insn)) {
            map.put(target, labels.get(node.targets.get(graph.at(target))));
        }
        return insn.clone(map);
    }

    private void emitReturn(InsnList to, Node node, AbstractInsnNode insn) {
        AbstractInsnNode last = lastInsn(to);
        boolean adjacent = last == to.getLast();
        if (adjacent && last.getOpcode() == ACONST_NULL && body.kind() != MethodKind.HOT) {
            to.add(Emit.op(ARETURN));
            return;
        }
        if (adjacent && last instanceof MethodInsnNode call && body.kind() != MethodKind.HOT) {
            boolean takesValue = Endings.takesValue(call);
            if (takesValue || Endings.isEmpty(call)) {
                to.remove(call);
                if (!takesValue) {
                    to.add(Emit.op(ACONST_NULL));
                }
                to.add(Emit.op(ARETURN));
                return;
            }
        }
        if (body.kind() == MethodKind.GENERATOR || body.kind() == MethodKind.ASYNC_GENERATOR) {
            to.add(Emit.bridgeStatic(body, RuntimeSymbols.ENDING, "(Ljava/lang/Object;)Ljava/lang/Object;"));
            to.add(Emit.op(ARETURN));
            return;
        }
        LabelNode begin = new LabelNode();
        to.add(begin);
        uncovered.put(node, begin);
        int state = tailStates.computeIfAbsent(insn, i -> {
            tailLines.add(line);
            return firstTailState(body) + tailLines.size() - 1;
        });
        new TailEmitter(body, layout, body.tail(insn), temp, stackMaps).emit(to, state);
    }

    private static AbstractInsnNode lastInsn(InsnList code) {
        AbstractInsnNode last = code.getLast();
        while (last instanceof LineNumberNode || last instanceof LabelNode) {
            last = last.getPrevious();
        }
        return last;
    }

    private String likely(Node node) {
        return small ? null : awaits.likely(node.block);
    }

    private void emitPoint(InsnList to, Node node) {
        SuspensionPoint point = node.block.point;
        LabelNode suspend = suspendLabels.get(point);
        String likely = likely(node);
        LabelNode next = likely == null ? null : labels.get(node.targets.get(node.block.next));
        switch (point.kind()) {
            case YIELD -> {
                Type type = yields.unboxed(to, point);
                if (type.getSize() == 1) {
                    loadFrame(to);
                    to.add(Emit.op(SWAP));
                } else {
                    to.add(new VarInsnNode(type.getOpcode(ISTORE), temp));
                    loadFrame(to);
                    to.add(new VarInsnNode(type.getOpcode(ILOAD), temp));
                }
                to.add(Emit.bridge(body, RuntimeSymbols.YIELDING, "(" + type + ")Ljava/lang/Object;"));
                points.suspend(to, point);
            }
            case YIELD_FROM -> {
                SelfDelegation self = new SelfDelegation(body, layout);
                if (self.callBefore(point.call(), node.block.code) != null) {
                    to.remove(lastInsn(to));
                    loadFrame(to);
                    to.add(self.callFactory());
                    points.suspend(to, point);
                } else {
                    alwaysSuspends(to, RuntimeSymbols.DELEGATE, point);
                }
            }
            case SUSPEND -> {
                ensureFrame(to);
                alwaysSuspends(to, RuntimeSymbols.REQUEST, point);
            }
            case AWAIT, AWAIT_DECLARED -> {
                if (point.kind() == PointKind.AWAIT_DECLARED) {
                    to.add(Emit.op(POP));
                }
                awaits.emit(to, point, suspend, likely, next);
            }
            case AWAIT_CALL -> awaits.emitCall(to, point, suspend, likely, next);
            case EACH_NEXT -> {
                ensureFrame(to);
                loadFrame(to);
                to.add(Emit.op(SWAP));
                to.add(Emit.bridge(body, RuntimeSymbols.AWAIT_NEXT, "(Ljava/lang/Object;)Ljava/lang/Object;"));
                AwaitEmitter.unlessSuspended(to, suspend);
                Emit.unboxBoolean(to);
            }
        }
    }

    private void alwaysSuspends(InsnList to, String bridge, SuspensionPoint point) {
        loadFrame(to);
        to.add(Emit.op(SWAP));
        to.add(Emit.bridge(body, bridge, "(Ljava/lang/Object;)Ljava/lang/Object;"));
        points.suspend(to, point);
    }

    /** In a body that may have no frame yet, makes one. */
    private void ensureFrame(InsnList to) {
        if (body.onDemand()) {
            LateFrame.ensure(to, body, layout);
        }
    }
}
