package dev.backstitch.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method on its way through the passes: its code, copied, with the frame's local inserted. The passes of
 * {@code normalize} change {@link #code}; nothing else here changes.
 */
public final class Body {
    private final String owner;
    private final SuspendingMethod method;
    private final MethodNode code;
    private final String frameName;
    private final int frameLocal;
    private final boolean onDemand;
    private final List<SuspensionPoint> points;
    private final Map<AbstractInsnNode, MethodInsnNode> tails;
    /** Once it was asked for, when the code is not changed any more. */
    private String stateType;

    /**
     * @param owner the class's internal name
     * @param method as found
     * @param code a copy of the method with room for {@link #inserted} locals, of which the last holds the frame
     * @param frameName the internal name of the frame class to be made
     * @param frameLocal the local that holds the frame
     * @param onDemand whether the body can start without a frame
     * @param points the points of {@code method}, with the calls of {@code code}
     * @param tails its tails, likewise
     */
    public Body(
            String owner,
            SuspendingMethod method,
            MethodNode code,
            String frameName,
            int frameLocal,
            boolean onDemand,
            List<SuspensionPoint> points,
            Map<AbstractInsnNode, MethodInsnNode> tails) {
        this.owner = owner;
        this.method = method;
        this.code = code;
        this.frameName = frameName;
        this.frameLocal = frameLocal;
        this.onDemand = onDemand;
        this.points = points;
        this.tails = tails;
    }

    public String owner() {
        return owner;
    }

    public SuspendingMethod method() {
        return method;
    }

    public MethodKind kind() {
        return method.kind();
    }

    public MethodNode code() {
        return code;
    }

    public String frameName() {
        return frameName;
    }

    public String frameDescriptor() {
        return "L" + frameName + ";";
    }

    /**
     * The descriptor of the frame's state: a byte, if its states can be counted with that. It fills what the JVM would leave as
     * padding behind the runtime's fields, and is written together with them when the frame is made: a processor need not wait
     * for the rest of the frame to be zeroed in order to start it.
     */
    public String stateType() {
        if (stateType == null) {
            stateType = points.size() + tailCount() > Byte.MAX_VALUE ? "S" : "B";
        }
        return stateType;
    }

    /** How many states there can be besides those of the points: one for each return that may hand on an awaitable. */
    private long tailCount() {
        return kind().isOnDemand()
                ? Arrays.stream(code.instructions.toArray()).filter(insn -> insn.getOpcode() == Opcodes.ARETURN).count()
                : 0;
    }

    public int frameLocal() {
        return frameLocal;
    }

    /** Whether the body takes its arguments, then {@link #runnerLocal}, {@link #depthLocal} and the frame, which may be null. */
    public boolean onDemand() {
        return onDemand;
    }

    /** The local of the frame that runs now: the body's own, or the nearest awaiter's, or null. Of a body on demand. */
    public int runnerLocal() {
        return frameLocal - 2;
    }

    /** The local that says how deep the body is on the Java stack. Of a body on demand. */
    public int depthLocal() {
        return frameLocal - 1;
    }

    /** How many locals stand where the method has none. */
    public int inserted() {
        return onDemand ? 3 : 1;
    }

    /** Whether {@code local} is one of those. */
    public boolean isInserted(int local) {
        return local <= frameLocal && local > frameLocal - inserted();
    }

    public List<SuspensionPoint> points() {
        return points;
    }

    /** The call whose result alone {@code ret}, an instruction of {@link #code}, returns; null if that is not known. */
    public MethodInsnNode tail(AbstractInsnNode ret) {
        return tails.get(ret);
    }

    /** Whether the original method has a receiver. */
    public boolean hasReceiver() {
        return (code.access & Opcodes.ACC_STATIC) == 0;
    }

    /** The original's receiver, if any, and parameters. */
    public List<Type> parameters() {
        List<Type> types = new ArrayList<>();
        if (hasReceiver()) {
            types.add(Type.getObjectType(owner));
        }
        types.addAll(List.of(Type.getArgumentTypes(code.desc)));
        return types;
    }

    /** The local of parameter {@code index} of {@link #parameters()} in {@link #code}. */
    public int parameterLocal(int index) {
        int local = 0;
        List<Type> types = parameters();
        for (int i = 0; i < index; i++) {
            local += types.get(i).getSize();
        }
        return local > frameLocal - inserted() ? local + inserted() : local;
    }
}
