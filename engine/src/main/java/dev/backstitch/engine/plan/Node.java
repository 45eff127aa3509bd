package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A block, or a copy of one, where it will be emitted; or the place where a state resumes. Copies differ in where their
 * edges lead.
 */
public final class Node {
    /** The block; null for a place of resumption. */
    public final Block block;
    /** The point that is resumed here; null for a block. */
    public final SuspensionPoint resumes;
    /** The block that suspended, for a place of resumption; else the block itself. */
    public final Block origin;
    /** Whether this is a copy made to keep loops single-entry. */
    public final boolean copy;
    /** Where each edge of the block leads. */
    public final Map<Block, Node> targets = new LinkedHashMap<>();

    private Node(Block block, Block origin, SuspensionPoint resumes, boolean copy) {
        this.block = block;
        this.origin = origin;
        this.resumes = resumes;
        this.copy = copy;
    }

    static Node of(Block block, boolean copy) {
        return new Node(block, block, null, copy);
    }

    static Node resuming(Block suspended) {
        return new Node(null, suspended, suspended.point, false);
    }

    /** Whether control can go from this node to {@code target} without a resumption. */
    boolean leadsTo(Block target) {
        if (resumes != null || block.point == null || block.point.kind().mayContinue() || target != block.next) {
            return true;
        }
        return block.handlers.contains(target) || block.jumps.contains(target);
    }
}
