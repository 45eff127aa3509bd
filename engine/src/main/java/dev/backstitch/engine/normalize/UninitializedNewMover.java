package dev.backstitch.engine.normalize;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Moves the making of an object to its constructor call where the uninitialised object would be held over a suspension
 * or a jump: such an object cannot be stored in a frame.
 *
 * <p>Precondition: typed frames of the code. Postcondition: no uninitialised object is in a local or on the stack at a
 * suspension point or where a block may begin, so in no stack map frame.
 *
 * <p>Algorithm: {@code NEW} becomes {@code NEW, POP, ACONST_NULL}, so the class is still initialised, and every error
 * still thrown, where it was; the null is copied about as the object would have been. At the constructor call the
 * arguments are set aside, the object is made, and it replaces every copy of the null on the stack and in the locals,
 * wherever dataflow finds one. {@code new A(f(), await(x))}:
 *
 * <pre>
 *   NEW A; DUP; f(); await; INVOKESPECIAL      becomes
 *   NEW A; POP; ACONST_NULL; DUP; f(); await; (store args); POP; NEW A; DUP; (load args); INVOKESPECIAL; (replace copies)
 * </pre>
 */
public final class UninitializedNewMover {
    private final Body body;
    private final MethodNode code;
    private final TypedFrames types;
    /** The first local behind the method's own: what is set aside at one constructor call is gone at the next. */
    private final int base;

    private UninitializedNewMover(Body body) {
        this.body = body;
        this.code = body.code();
        this.base = code.maxLocals;
        this.types = TypedFrames.of(body.owner(), code, LocalShifter.entryLocals(body));
    }

    /** Rewrites the code of {@code body}. */
    public static void move(Body body) {
        boolean any = false;
        for (AbstractInsnNode insn : body.code().instructions) {
            any |= insn.getOpcode() == Opcodes.NEW;
        }
        if (any) {
            new UninitializedNewMover(body).run();
        }
    }

    private void run() {
        Set<Label> held = heldObjects();
        if (held.isEmpty()) {
            return;
        }
        List<Runnable> edits = new ArrayList<>();
        int index = -1;
        for (AbstractInsnNode insn : code.instructions.toArray()) {
            index++;
            if (insn instanceof FrameNode frame) {
                frame.local = withNull(frame.local, held);
                frame.stack = withNull(frame.stack, held);
            } else if (insn.getOpcode() == Opcodes.NEW && types.isReachable(index)) {
                if (held.contains(pushedBy(index))) {
                    edits.add(() -> discard((TypeInsnNode) insn));
                }
            } else if (insn instanceof MethodInsnNode call
                    && call.name.equals("<init>")
                    && types.isReachable(index)) {
                List<Object> stack = types.stack(index);
                int receiver = stack.size() - 1 - Type.getArgumentCount(call.desc);
                Object made = stack.get(receiver);
                if (held.contains(made)) {
                    int at = index;
                    edits.add(() -> makeAt(call, at, stack, receiver, made, held));
                }
            }
        }
        edits.forEach(Runnable::run);
    }

    private Set<Label> heldObjects() {
        Set<Label> held = new HashSet<>();
        Map<AbstractInsnNode, Boolean> calls = new IdentityHashMap<>();
        for (SuspensionPoint p : body.points()) {
            calls.put(p.call(), true);
        }
        int index = 0;
        for (AbstractInsnNode insn : code.instructions) {
            boolean boundary = calls.containsKey(insn) || insn instanceof LabelNode || insn instanceof JumpInsnNode;
            if (boundary && types.isReachable(index)) {
                types.stack(index).forEach(t -> addIfHeld(t, held));
                for (int slot = 0; slot < types.localCount(index); slot++) {
                    addIfHeld(types.local(index, slot), held);
                }
            } else if (insn instanceof FrameNode frame) {
                frame.local.forEach(t -> addIfHeld(t, held));
                frame.stack.forEach(t -> addIfHeld(t, held));
            }
            index++;
        }
        return held;
    }

    private static void addIfHeld(Object type, Set<Label> held) {
        if (type instanceof Label label) {
            held.add(label);
        } else if (type instanceof LabelNode node) {
            held.add(node.getLabel());
        }
    }

    private static List<Object> withNull(List<Object> types, Set<Label> held) {
        List<Object> result = new ArrayList<>(types.size());
        for (Object t : types) {
            result.add(t instanceof LabelNode node && held.contains(node.getLabel()) ? Opcodes.NULL : t);
        }
        return result;
    }

    /** The type that the NEW at {@code index} pushes: read off the state behind it. */
    private Object pushedBy(int index) {
        List<Object> after = types.stack(index + 1);
        return after.get(after.size() - 1);
    }

    private void discard(TypeInsnNode made) {
        InsnList placeholder = new InsnList();
        placeholder.add(new InsnNode(Opcodes.POP));
        placeholder.add(new InsnNode(Opcodes.ACONST_NULL));
        code.instructions.insert(made, placeholder);
    }

    private void makeAt(
            MethodInsnNode init, int index, List<Object> stack, int receiver, Object made, Set<Label> held) {
        int lowest = receiver;
        for (int i = 0; i < receiver; i++) {
            if (stack.get(i) == made) {
                lowest = Math.min(lowest, i);
            }
        }
        int temp = base;
        int[] temps = new int[stack.size()];
        for (int i = lowest; i < stack.size(); i++) {
            temps[i] = temp;
            temp += Insns.size(stack.get(i));
        }
        int object = temp++;
        code.maxLocals = Math.max(code.maxLocals, temp);
        InsnList before = new InsnList();
        for (int i = stack.size() - 1; i >= lowest; i--) {
            if (i == receiver || stack.get(i) == made || held.contains(stack.get(i))) {
                before.add(new InsnNode(Opcodes.POP));
            } else {
                before.add(Insns.store(stack.get(i), temps[i]));
            }
        }
        before.add(new TypeInsnNode(Opcodes.NEW, init.owner));
        before.add(new InsnNode(Opcodes.DUP));
        for (int i = receiver + 1; i < stack.size(); i++) {
            before.add(reload(stack.get(i), temps[i], held));
        }
        InsnList after = new InsnList();
        after.add(Insns.store(init.owner, object));
        for (int slot = 0; slot < types.localCount(index); slot++) {
            if (types.local(index, slot) == made) {
                after.add(Insns.load(init.owner, object));
                after.add(Insns.store(init.owner, slot));
            }
        }
        for (int i = lowest; i < receiver; i++) {
            after.add(stack.get(i) == made
                    ? Insns.load(init.owner, object)
                    : reload(stack.get(i), temps[i], held));
        }
        code.instructions.insertBefore(init, before);
        code.instructions.insert(init, after);
    }

    private static AbstractInsnNode reload(Object type, int slot, Set<Label> held) {
        return held.contains(type) ? new InsnNode(Opcodes.ACONST_NULL) : Insns.load(type, slot);
    }
}
