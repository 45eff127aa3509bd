package dev.backstitch.engine.read;

import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What EA Async does where a monitor is held at an {@code await} that has to wait: it leaves the monitors, the innermost
 * first, and enters them again when the method goes on. A {@code synchronized} method becomes one with a block around all of
 * it.
 *
 * <pre>
 *   if (isDone(stage)) result = join(stage);
 *   else {
 *     exit inner; exit outer;
 *     try { result = await(stage); } catch (Throwable t) { enter outer; enter inner; throw t; }
 *     enter outer; enter inner;
 *   }
 * </pre>
 */
final class EaMonitors {
    private final String owner;
    private final MethodNode method;

    /** The monitors to be left at each await that holds any. */
    private final Map<MethodInsnNode, List<HeldLocks.Lock>> held = new HashMap<>();

    private final Map<MethodInsnNode, List<Object>> locals = new HashMap<>();
    private final Map<MethodInsnNode, List<Object>> stacks = new HashMap<>();

    /**
     * Looks at {@code method}, and takes the monitor of a synchronized one into its code. Where monitors are not to be made
     * out, nothing is changed: such an await is refused like any other.
     *
     * @param awaits the calls of {@code Async.await} in it
     */
    EaMonitors(String owner, MethodNode method, List<MethodInsnNode> awaits) {
        this.owner = owner;
        this.method = method;
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0 && keepsReceiver()) {
            lockInCode();
        }
        HeldLocks locks = HeldLocks.of(method);
        if (locks == null || awaits.stream().allMatch(await -> locks.before(await).isEmpty())) {
            return;
        }
        labelObjectsInTheMaking();
        TypedFrames types = TypedFrames.of(owner, method);
        for (MethodInsnNode await : awaits) {
            int index = method.instructions.indexOf(await);
            if (!locks.before(await).isEmpty() && types.isReachable(index)) {
                held.put(await, locks.before(await));
                FrameNode here = types.meet(index, index);
                locals.put(await, here.local);
                List<Object> stack = types.stack(index);
                stacks.put(await, stack.stream().limit(stack.size() - 1).map(this::inStackMap).toList());
            }
        }
    }

    /** A stack map names an object whose constructor has not run by the label of its {@code NEW}. */
    private void labelObjectsInTheMaking() {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() == Opcodes.NEW) {
                method.instructions.insertBefore(insn, new LabelNode());
            }
        }
    }

    private Object inStackMap(Object type) {
        if (TypedFrames.isUninitialized(type)) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof LabelNode label && label.getLabel() == type) {
                    return label;
                }
            }
        }
        return type;
    }

    private boolean keepsReceiver() {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) insn).var == 0) {
                return (method.access & Opcodes.ACC_STATIC) != 0;
            }
        }
        return true;
    }

    private AbstractInsnNode own() {
        return (method.access & Opcodes.ACC_STATIC) != 0
                ? new LdcInsnNode(Type.getObjectType(owner))
                : new VarInsnNode(Opcodes.ALOAD, 0);
    }

    private void lockInCode() {
        method.access &= ~Opcodes.ACC_SYNCHRONIZED;
        InsnList code = method.instructions;
        LabelNode handler = new LabelNode();
        LabelNode start = new LabelNode();
        AbstractInsnNode[] original = code.toArray();
        InsnList enter = new InsnList();
        enter.add(own());
        enter.add(new InsnNode(Opcodes.MONITORENTER));
        enter.add(start);
        code.insert(enter);
        for (AbstractInsnNode insn : original) {
            if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                LabelNode end = new LabelNode();
                InsnList exit = new InsnList();
                exit.add(end);
                exit.add(own());
                exit.add(new InsnNode(Opcodes.MONITOREXIT));
                code.insertBefore(insn, exit);
                method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));
                start = new LabelNode();
                code.insert(insn, start);
            }
        }
        if (hasCode(start)) {
            method.tryCatchBlocks.add(new TryCatchBlockNode(start, handler, handler, null));
        }
        code.add(handler);
        Object[] receiver = (method.access & Opcodes.ACC_STATIC) != 0 ? new Object[0] : new Object[] {owner};
        code.add(new FrameNode(Opcodes.F_NEW, receiver.length, receiver, 1, new Object[] {"java/lang/Throwable"}));
        code.add(own());
        code.add(new InsnNode(Opcodes.MONITOREXIT));
        code.add(new InsnNode(Opcodes.ATHROW));
        method.maxStack += 2;
    }

    private static boolean hasCode(AbstractInsnNode from) {
        for (AbstractInsnNode insn = from; insn != null; insn = insn.getNext()) {
            if (insn.getOpcode() >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Puts the releases around {@code await}, if monitors are held there. On the stack is the stage of the outcome then. */
    void release(MethodInsnNode await) {
        List<HeldLocks.Lock> locks = held.get(await);
        if (locks == null) {
            return;
        }
        LabelNode done = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode left = new LabelNode();
        LabelNode waiting = new LabelNode();
        LabelNode waited = new LabelNode();
        LabelNode failed = new LabelNode();

        InsnList before = new InsnList();
        before.add(new InsnNode(Opcodes.DUP));
        before.add(runtime(RuntimeSymbols.EA_IS_DONE, RuntimeSymbols.EA_IS_DONE_DESC));
        before.add(new JumpInsnNode(Opcodes.IFNE, done));
        before.add(left);
        for (int i = locks.size() - 1; i >= 0; i--) {
            before.add(locks.get(i).load());
            before.add(new InsnNode(Opcodes.MONITOREXIT));
        }
        before.add(waiting);
        InsnList after = new InsnList();
        after.add(waited);
        enter(after, locks);
        after.add(new JumpInsnNode(Opcodes.GOTO, end));
        after.add(failed);
        after.add(frame(await, List.of(), "java/lang/Throwable"));
        enter(after, locks);
        after.add(new InsnNode(Opcodes.ATHROW));
        after.add(done);
        after.add(frame(await, stacks.get(await), "java/util/concurrent/CompletionStage"));
        after.add(runtime(RuntimeSymbols.EA_JOIN, RuntimeSymbols.EA_JOIN_DESC));
        after.add(end);
        after.add(frame(await, stacks.get(await), "java/lang/Object"));
        leaveOut(await, left, failed);
        method.instructions.insertBefore(await, before);
        method.instructions.insert(await, after);
        method.tryCatchBlocks.add(0, new TryCatchBlockNode(waiting, waited, failed, null));
        method.maxStack += 1;
    }

    private static void enter(InsnList code, List<HeldLocks.Lock> locks) {
        for (HeldLocks.Lock lock : locks) {
            code.add(lock.load());
            code.add(new InsnNode(Opcodes.MONITORENTER));
        }
    }

    private static MethodInsnNode runtime(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, RuntimeSymbols.EA_ASYNC, name, descriptor, false);
    }

    private FrameNode frame(MethodInsnNode await, List<Object> stack, Object top) {
        List<Object> all = new ArrayList<>(stack);
        all.add(top);
        Object[] variables = locals.get(await).toArray();
        return new FrameNode(Opcodes.F_NEW, variables.length, variables, all.size(), all.toArray());
    }

    /** No handler is for what stands between {@code from} and {@code to}: those that were would leave monitors not held. */
    private void leaveOut(MethodInsnNode await, LabelNode from, LabelNode to) {
        int at = method.instructions.indexOf(await);
        List<TryCatchBlockNode> blocks = new ArrayList<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (method.instructions.indexOf(block.start) <= at && at < method.instructions.indexOf(block.end)) {
                blocks.add(new TryCatchBlockNode(block.start, from, block.handler, block.type));
                blocks.add(new TryCatchBlockNode(to, block.end, block.handler, block.type));
            } else {
                blocks.add(block);
            }
        }
        method.tryCatchBlocks = blocks;
    }
}
