package dev.backstitch.tests.targets.handmade;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Bootstrap methods that are not the JDK's. */
public final class Dynamics {
    static final Handle JOINING = handle("joining", MethodType.class, CallSite.class);
    static final Handle CONSTANT = handle("constant", Class.class, Object.class);

    private Dynamics() {}

    private static Handle handle(String name, Class<?> type, Class<?> returned) {
        String descriptor = MethodType.methodType(returned, MethodHandles.Lookup.class, String.class, type)
                .toMethodDescriptorString();
        return new Handle(Opcodes.H_INVOKESTATIC, Type.getInternalName(Dynamics.class), name, descriptor, false);
    }

    /** A call site that joins its two arguments. */
    public static CallSite joining(MethodHandles.Lookup lookup, String name, MethodType type)
            throws ReflectiveOperationException {
        MethodHandle join = MethodHandles.lookup()
                .findStatic(Dynamics.class, "join", MethodType.methodType(Object.class, Object.class, String.class));
        return new ConstantCallSite(join.asType(type));
    }

    /** The joined arguments. */
    public static Object join(Object a, String b) {
        return a + "+" + b;
    }

    /** A constant. */
    public static Object constant(MethodHandles.Lookup lookup, String name, Class<?> type) {
        return "dynamic " + name;
    }
}
