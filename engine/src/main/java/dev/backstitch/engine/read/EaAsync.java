package dev.backstitch.engine.read;

import dev.backstitch.engine.model.RuntimeSymbols;
import java.util.ArrayList;
import java.util.List;
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
            List<MethodInsnNode> awaits = new ArrayList<>();
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn instanceof MethodInsnNode call && call.owner.equals(ASYNC)) {
                    changed = true;
                    if (call.name.equals("init")) {
                        method.instructions.set(call, new InsnNode(Opcodes.NOP));
                    } else if (call.name.equals("await") && call.desc.equals(AWAIT_DESC)) {
                        awaits.add(call);
                    }
                }
            }
            if (stage && !awaits.isEmpty()) {
                suspend(type.name, method, awaits);
            } else {
                awaits.forEach(EaAsync::block);
            }
        }
        return changed;
    }

    private static void suspend(String owner, MethodNode method, List<MethodInsnNode> awaits) {
        EaMonitors monitors = new EaMonitors(owner, method, awaits);
        for (MethodInsnNode call : awaits) {
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
            monitors.release(call);
        }
        if ((method.access & Opcodes.ACC_SYNTHETIC) == 0) {
            annotate(method); // the body of a lambda needs none
        }
    }

    private static void block(MethodInsnNode call) {
        call.owner = RuntimeSymbols.EA_ASYNC;
        call.name = RuntimeSymbols.EA_JOIN;
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
