package dev.backstitch.engine.model;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
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
    private final List<SuspensionPoint> points;

    /**
     * @param owner the class's internal name
     * @param method as found
     * @param code a copy of the method in which every local from {@code frameLocal} on has moved up by one
     * @param frameName the internal name of the frame class to be made
     * @param frameLocal the local that holds the frame
     * @param points the points of {@code method}, with the calls of {@code code}
     */
    public Body(
            String owner,
            SuspendingMethod method,
            MethodNode code,
            String frameName,
            int frameLocal,
            List<SuspensionPoint> points) {
        this.owner = owner;
        this.method = method;
        this.code = code;
        this.frameName = frameName;
        this.frameLocal = frameLocal;
        this.points = points;
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

    public int frameLocal() {
        return frameLocal;
    }

    public List<SuspensionPoint> points() {
        return points;
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
        return local >= frameLocal ? local + 1 : local;
    }
}
