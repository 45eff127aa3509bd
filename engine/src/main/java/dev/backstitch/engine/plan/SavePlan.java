package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What a suspension has to write: only locals changed since the frame last held them, and nulls over references that
 * only an earlier state needed.
 *
 * <p>Two forward analyses over the blocks. <em>Clean</em> (on all paths): this slot holds the value of this local, which may
 * have several slots: one for each type that it is known by.
 * <em>Last</em> (on some path): the state this activation was resumed from. Both begin anew at each resumption; nothing is
 * written between a resumption and the next suspension.
 */
public final class SavePlan {
    private final Body body;
    private final FrameLayout layout;
    /** Pairs of a local and a slot, see {@link #pair}. */
    private final Map<Block, BitSet> clean = new HashMap<>();
    private final Map<Block, BitSet> last = new HashMap<>();
    private final Deque<Block> work = new ArrayDeque<>();

    private SavePlan(Body body, BlockGraph graph, FrameLayout layout) {
        this.body = body;
        this.layout = layout;
        BitSet none = new BitSet();
        BitSet resumed = body.kind().isCold() ? bit(0) : none;
        flow(graph.blocks().get(0), body.onDemand() ? none : saved(0), resumed);
        for (SuspensionPoint point : body.points()) {
            Block block = graph.of(point);
            for (Block successor : block.successors()) {
                flow(successor, saved(point.state()), bit(point.state()));
            }
        }
        while (!work.isEmpty()) {
            Block block = work.pop();
            BitSet out = without(clean.get(block), block);
            for (Block successor : block.successors()) {
                boolean throughPoint = successor == block.next && block.point != null;
                if (!throughPoint || block.point.kind().mayContinue()) {
                    flow(successor, out, last.get(block));
                }
            }
        }
    }

    /** Plans the saves of {@code body}. */
    public static SavePlan of(Body body, BlockGraph graph, FrameLayout layout) {
        return new SavePlan(body, graph, layout);
    }

    private void flow(Block to, BitSet cleanIn, BitSet lastIn) {
        BitSet c = clean.get(to);
        BitSet l = last.get(to);
        if (c == null) {
            clean.put(to, (BitSet) cleanIn.clone());
            last.put(to, (BitSet) lastIn.clone());
            work.push(to);
            return;
        }
        int cleanBefore = c.cardinality();
        int lastBefore = l.cardinality();
        c.and(cleanIn);
        l.or(lastIn);
        if (c.cardinality() != cleanBefore || l.cardinality() != lastBefore) {
            work.push(to);
        }
    }

    private BitSet without(BitSet pairs, Block block) {
        BitSet out = (BitSet) pairs.clone();
        for (AbstractInsnNode insn : block.code) {
            if (insn instanceof VarInsnNode var && Liveness.isStore(var.getOpcode())) {
                out.clear(pair(var.var, 0), pair(var.var + 1, 0));
            } else if (insn instanceof IincInsnNode inc) {
                out.clear(pair(inc.var, 0), pair(inc.var + 1, 0));
            }
        }
        return out;
    }

    private int pair(int local, int slot) {
        return local * layout.slots().size() + slot;
    }

    private BitSet saved(int state) {
        BitSet pairs = new BitSet();
        layout.saved(state).stream().filter(s -> s.slot() >= 0).forEach(s -> pairs.set(pair(s.local(), s.slot())));
        return pairs;
    }

    private static BitSet bit(int i) {
        BitSet set = new BitSet();
        set.set(i);
        return set;
    }

    /** The locals that are held already by the slots that {@code block} has for them where it suspends. */
    public BitSet cleanAt(Block block) {
        BitSet locals = new BitSet();
        if (clean.containsKey(block)) {
            BitSet pairs = without(clean.get(block), block);
            layout.saved(block.point.state()).stream()
                    .filter(saved -> saved.slot() >= 0 && pairs.get(pair(saved.local(), saved.slot())))
                    .forEach(saved -> locals.set(saved.local()));
        }
        return locals;
    }

    /** The reference slots to null where {@code block} suspends. */
    public BitSet staleAt(Block block) {
        BitSet stale = new BitSet();
        BitSet from = last.get(block);
        if (from != null) {
            from.stream().forEach(state -> addReferences(state, stale));
            BitSet used = new BitSet();
            addReferences(block.point.state(), used);
            stale.andNot(used);
        }
        return stale;
    }

    private void addReferences(int state, BitSet to) {
        for (FrameLayout.Saved saved : layout.saved(state)) {
            if (saved.slot() >= 0 && layout.slots().get(saved.slot()).isReference()) {
                to.set(saved.slot());
            }
        }
    }
}
