package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block, or a copy of one, where it will be emitted; or the place where a state resumes; or a gate in front of a loop,
 * through which resumptions enter it. Copies differ in where their edges lead.
 */
public final class Node {
    /** The block; null for a place of resumption; that of its header for a gate. */
    public final Block block;
    /** The point that is resumed here; null for a block. */
    public final SuspensionPoint resumes;
    /** The block that suspended, for a place of resumption; else the block itself. */
    public final Block origin;
    /** Whether this is a copy made to keep loops single-entry. */
    public final boolean copy;
    /** Where each edge of the block leads. */
    public final Map<Block, Node> targets = new LinkedHashMap<>();
    /** For a gate: the header of its loop, to which it leads in an ordinary turn; else null. */
    public final Node header;
    /** For a gate: where it leads when the state of a point is being resumed, to that place or to an inner loop's gate. */
    public final Map<SuspensionPoint, Node> resumed = new LinkedHashMap<>();

    private Node(Block block, Block origin, SuspensionPoint resumes, boolean copy, Node header) {
        this.block = block;
        this.origin = origin;
        this.resumes = resumes;
        this.copy = copy;
        this.header = header;
    }

    static Node of(Block block, boolean copy) {
        return new Node(block, block, null, copy, null);
    }

    static Node resuming(Block suspended) {
        return new Node(null, suspended, suspended.point, false, null);
    }

    /** A gate in front of {@code header}; the same handlers cover it, although it throws nothing. */
    static Node gate(Node header) {
        Node gate = new Node(header.block, header.block, null, header.copy, header);
        header.block.handlers.forEach(handler -> gate.targets.put(handler, header.targets.get(handler)));
        return gate;
    }

    /** Whether this is a gate. */
    public boolean isGate() {
        return header != null;
    }

    /** Where control can go from this node without a resumption. */
    List<Node> successors() {
        List<Node> result = new ArrayList<>(targets.size());
        if (isGate()) {
            result.add(header);
            result.addAll(resumed.values());
            result.addAll(targets.values());
        } else {
            targets.forEach((to, target) -> {
                if (leadsTo(to)) {
                    result.add(target);
                }
            });
        }
        return result;
    }

    private boolean leadsTo(Block target) {
        if (resumes != null || block.point == null || block.point.kind().mayContinue() || target != block.next) {
            return true;
        }
        return block.handlers.contains(target) || block.jumps.contains(target);
    }
}
