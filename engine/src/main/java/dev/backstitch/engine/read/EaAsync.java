package dev.backstitch.engine.read;

import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.ArrayList;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Classes written for EA Async, made to look as if they had been written for Backstitch: methods that return a stage and
 * await become hot coroutines, {@code Async.await} an await whose failures arrive wrapped, {@code Async.init()} nothing.
 */
public final class EaAsync {
    /** The class whose methods are marks. */
    static final String ASYNC = "com/ea/async/Async";

    private static final String AWAIT_DESC = "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;";
    private static final Set<String> STAGES = Set.of(
            "Ljava/util/concurrent/CompletionStage;", "Ljava/util/concurrent/CompletableFuture;");

    private EaAsync() {}

    /** Changes {@code type}; whether there was anything to change. */
    public static boolean adapt(ClassNode type) {
        boolean changed = false;
        for (MethodNode method : type.methods) {
            boolean stage = STAGES.contains(Type.getReturnType(method.desc).getDescriptor());
            boolean awaits = false;
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof MethodInsnNode call && call.owner.equals(ASYNC)) {
                    changed = true;
                    if (call.name.equals("init")) {
                        method.instructions.set(call, new InsnNode(Opcodes.NOP));
                    } else if (call.name.equals("await") && call.desc.equals(AWAIT_DESC)) {
                        awaits |= stage;
                        replaceAwait(method, call, stage);
                    }
                }
            }
            if (awaits && (method.access & Opcodes.ACC_SYNTHETIC) == 0) {
                annotate(method); // the body of a lambda needs none
            }
        }
        return changed;
    }

    private static void replaceAwait(MethodNode method, MethodInsnNode call, boolean suspends) {
        if (suspends) {
            method.instructions.insertBefore(
                    call,
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC, RuntimeSymbols.EA_ASYNC, RuntimeSymbols.EA_OUTCOME,
                            RuntimeSymbols.EA_OUTCOME_DESC, false));
            method.instructions.insert(
                    call,
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC, RuntimeSymbols.EA_ASYNC, RuntimeSymbols.EA_VALUE,
                            RuntimeSymbols.EA_VALUE_DESC, false));
            call.owner = RuntimeSymbols.COROUTINE;
            call.name = RuntimeSymbols.AWAIT;
        } else {
            call.owner = RuntimeSymbols.EA_ASYNC;
            call.name = RuntimeSymbols.EA_JOIN;
        }
    }

    private static void annotate(MethodNode method) {
        if (method.invisibleAnnotations == null) {
            method.invisibleAnnotations = new ArrayList<>();
        }
        if (method.invisibleAnnotations.stream().noneMatch(a -> a.desc.equals(RuntimeSymbols.ASYNC))) {
            method.invisibleAnnotations.add(new AnnotationNode(RuntimeSymbols.ASYNC));
        }
    }
}
