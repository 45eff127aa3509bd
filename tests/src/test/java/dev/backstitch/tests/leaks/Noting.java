package dev.backstitch.tests.leaks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Has compiled code note, right before it suspends, every object that it may still use: those in variables that some path
 * from there reads, and those below the call on the operand stack. Before the rewriter sees it, which therefore has to
 * do with ordinary code; and by {@link Paths}, which shares nothing with the rewriter.
 */
final class Noting {
    private static final String NOTES = Notes.class.getName().replace('.', '/');

    private Noting() {}

    /** @param classFiles by internal name */
    static Map<String, byte[]> in(Map<String, byte[]> classFiles) {
        Map<String, byte[]> noting = new TreeMap<>();
        classFiles.forEach((name, bytes) -> noting.put(name, in(bytes)));
        return noting;
    }

    private static byte[] in(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        type.methods.forEach(method -> note(type.name, method));
        // The frames in it stay right: what is inserted jumps nowhere, and its variables are read at once.
        ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(out);
        return out.toByteArray();
    }

    private static void note(String type, MethodNode method) {
        List<MethodInsnNode> suspensions = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && suspends(call)) {
                suspensions.add(call);
            }
        }
        if (suspensions.isEmpty()) {
            return;
        }
        Frame<BasicValue>[] frames;
        try {
            frames = new Operands.Analysis().analyze(type, method);
        } catch (AnalyzerException e) {
            throw new AssertionError(type + "." + method.name, e);
        }
        Map<MethodInsnNode, InsnList> notes = new LinkedHashMap<>();
        Map<MethodInsnNode, AbstractInsnNode> places = new HashMap<>();
        for (MethodInsnNode suspension : suspensions) {
            AbstractInsnNode place = place(suspension);
            Frame<BasicValue> frame = frames[method.instructions.indexOf(place)];
            if (frame != null) { // else nothing ever gets there
                notes.put(suspension, note(type, method, suspension, place, frame));
                places.put(suspension, place);
            }
        }
        notes.forEach((suspension, note) -> method.instructions.insertBefore(places.get(suspension), note));
    }

    /** A call that makes what is suspended on belongs to the suspension: what stands between them makes other code of both. */
    private static AbstractInsnNode place(MethodInsnNode suspension) {
        AbstractInsnNode before = suspension.getPrevious();
        if (isClose(suspension) && before instanceof VarInsnNode) {
            // Not between the resource and its exit, and not where the exit's exceptions are caught.
            AbstractInsnNode place = before;
            while (place.getPrevious() instanceof LabelNode || place.getPrevious() instanceof LineNumberNode) {
                place = place.getPrevious();
            }
            return place;
        }
        return before instanceof MethodInsnNode call && !suspends(call) && !call.name.equals("<init>")
                        && Type.getArgumentTypes(suspension.desc).length == 1
                ? before
                : suspension;
    }

    static boolean suspends(MethodInsnNode call) {
        return call.owner.equals("dev/backstitch/Gen") && (call.name.equals("yield") || call.name.equals("yieldFrom"))
                || call.owner.equals("dev/backstitch/Coroutine") && (call.name.equals("await") || call.name.equals("suspend"))
                || call.owner.equals("java/util/Iterator") && call.name.equals("hasNext")
                || isClose(call);
    }

    private static boolean isClose(MethodInsnNode call) {
        return call.name.equals("close") && call.desc.equals("()V");
    }

    private static InsnList note(
            String type, MethodNode method, MethodInsnNode suspension, AbstractInsnNode place, Frame<BasicValue> frame) {
        int own = method.instructions.indexOf(suspension);
        Map<Integer, List<Integer>> besides = swallowing(method);
        int taken = !(place instanceof MethodInsnNode call) ? 0 : Type.getArgumentTypes(call.desc).length
                + (place.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
        int below = frame.getStackSize() - taken;
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(type.replace('/', '.') + "." + method.name + ":" + line(suspension)));
        code.add(call("begin", "(Ljava/lang/String;)V"));
        for (int local = 0; local < frame.getLocals(); local++) {
            BasicValue value = frame.getLocal(local);
            // For the verifier, a slot that no path of the compiled code reads may hold nothing, unless it is a variable's.
            if (value != null && value.isReference() && (Paths.isRead(method, own, local, Map.of())
                    || isScope(method, local, own, own) && Paths.isRead(method, own, local, besides))) {
                code.add(new VarInsnNode(Opcodes.ALOAD, local));
                code.add(call("mayUse", "(Ljava/lang/Object;)V"));
            }
        }
        operands(code, method.maxLocals, frame, below);
        return code;
    }

    /**
     * Where the exit of a resource may go on besides, by its place. An exit that is told of an exception may swallow it, and
     * then it goes on where the exit at the end of the block does: this is not in the code as it was compiled.
     */
    private static Map<Integer, List<Integer>> swallowing(MethodNode method) {
        List<Integer> exits = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call && isClose(call) && insn.getPrevious() instanceof VarInsnNode) {
                exits.add(method.instructions.indexOf(insn));
            }
        }
        Map<Integer, List<Integer>> besides = new HashMap<>();
        for (int one : exits) {
            int slot = ((VarInsnNode) method.instructions.get(one - 1)).var;
            besides.put(one, exits.stream().filter(other -> isScope(method, slot, one, other)
                    && ((VarInsnNode) method.instructions.get(other - 1)).var == slot).toList());
        }
        return besides;
    }

    /** Whether the slot is the same variable's at both places. */
    private static boolean isScope(MethodNode method, int slot, int one, int other) {
        InsnList code = method.instructions;
        return method.localVariables.stream().anyMatch(variable -> variable.index == slot
                && code.indexOf(variable.start) <= Math.min(one, other) && Math.max(one, other) < code.indexOf(variable.end));
    }

    /** The operands below the call, which are put aside for that with those above. */
    private static void operands(InsnList code, int firstFree, Frame<BasicValue> frame, int below) {
        int size = frame.getStackSize();
        boolean any = false;
        for (int i = 0; i < size; i++) {
            if (Operands.isUnderConstruction(frame.getStack(i))) {
                code.add(call("mayUseMore", "()V")); // what cannot be passed to anybody yet, and all beside it
                return;
            }
            any |= i < below && frame.getStack(i).isReference();
        }
        if (!any) {
            return;
        }
        int[] places = new int[size];
        int free = firstFree;
        for (int i = size - 1; i >= 0; i--) {
            places[i] = free;
            free += frame.getStack(i).getSize();
            code.add(new VarInsnNode(frame.getStack(i).getType().getOpcode(Opcodes.ISTORE), places[i]));
        }
        for (int i = 0; i < size; i++) {
            code.add(new VarInsnNode(frame.getStack(i).getType().getOpcode(Opcodes.ILOAD), places[i]));
            if (i < below && frame.getStack(i).isReference()) {
                code.add(new VarInsnNode(Opcodes.ALOAD, places[i]));
                code.add(call("mayUse", "(Ljava/lang/Object;)V"));
            }
        }
    }

    private static MethodInsnNode call(String name, String desc) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, NOTES, name, desc, false);
    }

    private static int line(AbstractInsnNode insn) {
        for (AbstractInsnNode i = insn; i != null; i = i.getPrevious()) {
            if (i instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return -1;
    }
}
