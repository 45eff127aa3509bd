package dev.backstitch.engine.flow;

import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;

/** A basic block: straight-line code in which regions, variables' scopes and lines-to-be-copied do not change midway. */
public final class Block {
    /** Position in code order, from 0. */
    public final int number;
    /** Index of its first instruction in the method. */
    public final int first;
    /** Its instructions with line numbers, without labels and frames. */
    public final List<AbstractInsnNode> code = new ArrayList<>();
    /** The point it ends with; null if none. The point's call is the last instruction. */
    public SuspensionPoint point;
    /** The block control falls into; null if it does not. */
    public Block next;
    /** Targets of the jump or switch it ends with. */
    public final List<Block> jumps = new ArrayList<>();
    /** The regions that cover it: indices into the method's exception table, in its order. */
    public final List<Integer> regions = new ArrayList<>();
    /** The handlers of {@link #regions}. */
    public final List<Block> handlers = new ArrayList<>();
    /** The source line in force at its start; 0 if none. */
    public int line;

    Block(int number, int first) {
        this.number = number;
        this.first = first;
    }

    /** Every block control may go to, in a fixed order. */
    public List<Block> successors() {
        List<Block> all = new ArrayList<>(jumps);
        if (next != null) {
            all.add(next);
        }
        all.addAll(handlers);
        return all;
    }

    @Override
    public String toString() {
        return "B" + number;
    }
}
