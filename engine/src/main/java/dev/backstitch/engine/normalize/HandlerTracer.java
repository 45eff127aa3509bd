package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Has every {@code catch} of a suspending body complete the trace of what it caught with the frames that wait in the
 * heap. A {@code finally} does not see the exception; its trace must be completed there only when the {@code finally}
 * suspends: what is rethrown after that crosses another driver than the one in its trace.
 */
public final class HandlerTracer {
    private HandlerTracer() {}

    /** Rewrites the code of {@code body}. */
    public static void trace(Body body) {
        Set<LabelNode> done = new HashSet<>();
        BlockGraph graph = BlockGraph.of(body.code(), body.points());
        Set<Block> suspending = suspending(graph);
        for (TryCatchBlockNode region : body.code().tryCatchBlocks) {
            boolean sees = region.type != null || suspending.contains(graph.at(region.handler));
            if (!sees || !done.add(region.handler)) {
                continue;
            }
            AbstractInsnNode first = region.handler;
            while (first.getOpcode() < 0) {
                first = first.getNext();
            }
            InsnList call = new InsnList();
            call.add(new InsnNode(Opcodes.DUP));
            call.add(new VarInsnNode(Opcodes.ALOAD, body.onDemand() ? body.runnerLocal() : body.frameLocal()));
            call.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    body.frameName(),
                    "$" + RuntimeSymbols.CAUGHT,
                    RuntimeSymbols.CAUGHT_DESC,
                    false));
            body.code().instructions.insertBefore(first, call);
        }
    }

    /** The blocks from which a suspension point can be reached. */
    private static Set<Block> suspending(BlockGraph graph) {
        Map<Block, List<Block>> predecessors = new HashMap<>();
        Deque<Block> open = new ArrayDeque<>();
        for (Block block : graph.blocks()) {
            block.successors().forEach(s -> predecessors.computeIfAbsent(s, b -> new ArrayList<>()).add(block));
            if (block.point != null) {
                open.add(block);
            }
        }
        Set<Block> suspending = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (Block before : predecessors.getOrDefault(open.pop(), List.of())) {
                if (suspending.add(before)) {
                    open.push(before);
                }
            }
        }
        return suspending;
    }
}
