package dev.backstitch.engine.emit;

import static org.objectweb.asm.Opcodes.*;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.plan.FrameLayout;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * What remains under the method's signature: it makes the frame of a cold body, or runs a hot one. Name, type,
 * annotations and all other attributes of the method stay; only its code is replaced. It has no lines; a hot one, which is
 * on the stack below its body, is marked by a line where the body has none.
 */
public final class StubEmitter {
    private StubEmitter() {}

    /** Replaces the code of {@code method}, the original of {@code body}. */
    public static void emit(MethodNode method, Body body, FrameLayout layout, boolean inInterface) {
        InsnList code = new InsnList();
        clear(method);
        if (body.kind().isCold()) {
            emitFrame(code, body, layout);
            emitCold(code, body);
        } else {
            emitHot(method, code, body, layout, inInterface);
        }
        method.instructions = code;
    }

    /** Makes the frame of the call from the arguments, as {@link #emit} finds them in their locals and a body on demand too. */
    static void emitFrame(InsnList code, Body body, FrameLayout layout) {
        code.add(new TypeInsnNode(NEW, body.frameName()));
        code.add(Emit.op(DUP));
        if (layout.keepsReceiver()) {
            code.add(Emit.load(0));
        }
        for (FrameLayout.Saved parameter : layout.saved(0)) {
            int local = parameter.local() > body.frameLocal() ? parameter.local() - body.inserted() : parameter.local();
            code.add(new VarInsnNode(Insns.typed(ILOAD, parameter.type()), local));
        }
        code.add(new MethodInsnNode(
                INVOKESPECIAL, body.frameName(), "<init>", FrameClassEmitter.constructor(body, layout), false));
    }

    private static void emitCold(InsnList code, Body body) {
        ReturnShape shape = body.method().shape();
        if (shape == ReturnShape.ITERABLE) {
            code.add(new MethodInsnNode(INVOKESTATIC, RuntimeSymbols.FRESH_ITERABLE, RuntimeSymbols.OF,
                    "(L" + RuntimeSymbols.GEN + ";)Ljava/lang/Iterable;", false));
        } else if (shape == ReturnShape.PUBLISHER) {
            code.add(new MethodInsnNode(INVOKESTATIC, RuntimeSymbols.ASYNC_GEN_PUBLISHER, RuntimeSymbols.OF,
                    "(L" + RuntimeSymbols.ASYNC_GEN + ";)Ljava/util/concurrent/Flow$Publisher;", false));
        }
        code.add(Emit.op(ARETURN));
    }

    /**
     * Replaces the code of {@code method} by that of {@code stub}, which makes its coroutine, and has this driven to its end.
     * All but the code stays.
     */
    public static void driveToEnd(MethodNode method, MethodNode stub) {
        InsnList code = stub.instructions;
        code.remove(code.getLast());
        code.add(new MethodInsnNode(
                INVOKESTATIC, RuntimeSymbols.STORM, RuntimeSymbols.STORM_RUN, RuntimeSymbols.STORM_RUN_DESC, false));
        Type type = Type.getReturnType(method.desc);
        Emit.unbox(code, type);
        code.add(Emit.op(type.getOpcode(IRETURN)));
        clear(method);
        method.instructions = code;
    }

    private static void clear(MethodNode method) {
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
    }

    /**
     * <pre>
     *   try { out = body(args, null, 0, null); } catch (Throwable t) { return Hot.failedFuture(t); }
     *   return out instanceof F ? Hot.future((F) out) : out == null ? Hot.doneFuture() : (R) out;
     * </pre>
     *
     * <p>Where {@code R} is a task: {@code Hot.failedTask}, {@code task} and {@code doneTask}.
     */
    private static void emitHot(MethodNode method, InsnList code, Body body, FrameLayout layout, boolean inInterface) {
        boolean task = body.method().shape() == ReturnShape.TASK;
        String made = task ? RuntimeSymbols.TASK : "java/util/concurrent/CompletableFuture";
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode failed = new LabelNode();
        LabelNode suspended = new LabelNode();
        LabelNode empty = new LabelNode();
        code.add(start);
        if (!hasLines(body)) {
            code.add(new LineNumberNode(RuntimeSymbols.HOT_CALL_LINE, start));
        }
        int local = 0;
        for (Type type : body.parameters()) {
            code.add(new VarInsnNode(type.getOpcode(ILOAD), local));
            local += type.getSize();
        }
        code.add(Emit.op(ACONST_NULL));
        code.add(Emit.op(ICONST_0));
        code.add(Emit.op(ACONST_NULL));
        int call = BodySignature.isStatic(layout) ? INVOKESTATIC : inInterface ? INVOKEINTERFACE : INVOKEVIRTUAL;
        code.add(new MethodInsnNode(
                call, body.owner(), body.code().name, BodySignature.descriptor(body, layout), inInterface));
        code.add(end);
        code.add(Emit.op(DUP));
        code.add(new TypeInsnNode(INSTANCEOF, body.frameName()));
        code.add(new JumpInsnNode(IFNE, suspended));
        code.add(Emit.op(DUP));
        code.add(new JumpInsnNode(IFNULL, empty));
        code.add(Emit.cast(body.method().shape().internalName()));
        code.add(Emit.op(ARETURN));
        code.add(suspended);
        code.add(map(body, "java/lang/Object"));
        code.add(Emit.cast(body.frameName()));
        code.add(hot(task ? RuntimeSymbols.HOT_TASK : RuntimeSymbols.HOT_FUTURE,
                "(L" + RuntimeSymbols.COROUTINE + ";)L" + made + ";"));
        code.add(Emit.op(ARETURN));
        code.add(empty);
        code.add(map(body, "java/lang/Object"));
        code.add(hot(task ? RuntimeSymbols.HOT_DONE_TASK : RuntimeSymbols.HOT_DONE_FUTURE, "()L" + made + ";"));
        code.add(Emit.op(ARETURN));
        code.add(failed);
        code.add(map(body, "java/lang/Throwable"));
        code.add(hot(task ? RuntimeSymbols.HOT_FAILED_TASK : RuntimeSymbols.HOT_FAILED_FUTURE,
                "(Ljava/lang/Throwable;)L" + made + ";"));
        code.add(Emit.op(ARETURN));
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, failed, "java/lang/Throwable"));
    }

    private static boolean hasLines(Body body) {
        for (AbstractInsnNode insn : body.code().instructions) {
            if (insn instanceof LineNumberNode) {
                return true;
            }
        }
        return false;
    }

    private static MethodInsnNode hot(String name, String desc) {
        return new MethodInsnNode(INVOKESTATIC, RuntimeSymbols.HOT, name, desc, false);
    }

    private static FrameNode map(Body body, String onStack) {
        List<Object> locals = new ArrayList<>();
        body.parameters().forEach(type -> locals.add(Insns.verificationType(type)));
        return new FrameNode(F_NEW, locals.size(), locals.toArray(), 1, new Object[] {onStack});
    }
}
