package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.tree.FrameNode;

/**
 * The stack map frames of the emitted body. The types are those of the method as it was compiled; a local that is dead is
 * left out, because a resumption does not restore it.
 */
final class StackMaps {
    private final Body body;
    private final FrameLayout layout;
    private final TypedFrames types;
    private final Liveness liveness;
    private final int flag;

    /** @param flag the local of the gates' flag; -1 if there is none */
    StackMaps(Body body, FrameLayout layout, TypedFrames types, Liveness liveness, int flag) {
        this.flag = flag;
        this.body = body;
        this.layout = layout;
        this.types = types;
        this.liveness = liveness;
    }

    /** Where dispatch leads: only the emitted method's own parameters are there. */
    FrameNode atStart() {
        Map<Integer, Object> locals = base();
        if (body.hasReceiver()) {
            locals.put(0, body.owner());
        }
        return map(locals, List.of());
    }

    /** At the start of a block of the method. */
    FrameNode atBlock(Block block) {
        return map(localsAt(block), stackAt(block));
    }

    /** As {@link #atBlock}, with an empty stack. */
    FrameNode atBlockWithoutStack(Block block) {
        return map(localsAt(block), List.of());
    }

    /** Where a gate leads to what is resumed: nothing is restored yet. */
    FrameNode atCase() {
        return map(base(), List.of());
    }

    /** The stack at the start of a block. */
    List<Object> stackAt(Block block) {
        return types.stack(block.first);
    }

    /** The locals that are set everywhere in the body. */
    Map<Integer, Object> always() {
        return base();
    }

    /** The locals at the start of a block. */
    Map<Integer, Object> localsAt(Block block) {
        Map<Integer, Object> locals = base();
        var live = liveness.before(block.first);
        for (int local = live.nextSetBit(0); local >= 0; local = live.nextSetBit(local + 1)) {
            Object type = types.local(block.first, local);
            if (type != TOP && !body.isInserted(local)) {
                locals.put(local, type);
            }
        }
        return locals;
    }

    /** Where a point's locals are saved: those, and the signal to return. */
    FrameNode atSuspension(SuspensionPoint point, int awaitable) {
        Map<Integer, Object> locals = base();
        for (FrameLayout.Saved saved : layout.saved(point.state())) {
            if (saved.slot() >= 0) {
                locals.put(saved.local(), saved.type());
            }
        }
        if (awaitable >= 0) {
            locals.put(awaitable, "java/lang/Object");
        }
        return map(locals, List.of("java/lang/Object"));
    }

    /** Where points that save {@code locals} share code: those, the signal to return, and the state. */
    FrameNode atSharedSuspension(Collection<FrameLayout.Saved> saved, int awaitable) {
        Map<Integer, Object> locals = base();
        saved.forEach(s -> locals.put(s.local(), s.type()));
        if (awaitable >= 0) {
            locals.put(awaitable, "java/lang/Object");
        }
        return map(locals, List.of("java/lang/Object", INTEGER));
    }

    /** Where {@code restored} are there. */
    FrameNode atGroup(Collection<FrameLayout.Saved> restored) {
        Map<Integer, Object> locals = base();
        restored.forEach(s -> locals.put(s.local(), s.type()));
        return map(locals, List.of());
    }

    /** Where what a body lets out is caught. */
    FrameNode atEscape() {
        Map<Integer, Object> locals = base();
        return map(locals, List.of(RuntimeSymbols.STOP_ITERATION));
    }

    /** In the code of a tail call: what is returned is on the stack. */
    FrameNode atTail() {
        return map(base(), List.of("java/lang/Object"));
    }

    private Map<Integer, Object> base() {
        Map<Integer, Object> locals = new TreeMap<>();
        if (layout.keepsReceiver()) {
            locals.put(0, body.owner());
        }
        if (body.onDemand()) {
            locals.put(body.runnerLocal(), RuntimeSymbols.FRAME);
            locals.put(body.depthLocal(), INTEGER);
        }
        locals.put(body.frameLocal(), body.frameName());
        if (flag >= 0) {
            locals.put(flag, INTEGER);
        }
        return locals;
    }

    private static FrameNode map(Map<Integer, Object> locals, List<Object> stack) {
        List<Object> list = new ArrayList<>();
        int slot = 0;
        for (Map.Entry<Integer, Object> e : locals.entrySet()) {
            while (slot < e.getKey()) {
                list.add(TOP);
                slot++;
            }
            list.add(e.getValue());
            slot += Insns.size(e.getValue());
        }
        return new FrameNode(F_NEW, list.size(), list.toArray(), stack.size(), stack.toArray());
    }
}
