package dev.backstitch.tests.robustness;

import dev.backstitch.tests.targets.handmade.Code;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A class made to be hard on the engine.
 *
 * @param name what is hard about it
 * @param expected what has to become of it
 * @param made makes its class file
 */
record Hostile(String name, Expected expected, Supplier<byte[]> made) {
    /** What has to become of a class; more than that it is refused with a code or woven, where that is known. */
    enum Expected {
        WOVEN,
        REFUSED,
        /** Refused with BST-303: the JVM would not take it either. */
        UNREADABLE,
        EITHER
    }

    /** The internal name of the classes, unless the name is what is hard. */
    static final String CLASS = "hostile/Made";

    /** A generator with this body. */
    static Hostile body(String name, Expected expected, Consumer<Code> body) {
        return new Hostile(name, expected, () -> only(Code.generator(CLASS, Opcodes.V17, body)));
    }

    /** A class with a generator that yields once, and what {@code more} adds. */
    static Hostile made(String name, Expected expected, Consumer<ClassWriter> more) {
        return new Hostile(name, expected, () -> HostileClasses.made(more));
    }

    /** The one class file of {@code classes}. */
    static byte[] only(Map<String, byte[]> classes) {
        return classes.values().iterator().next();
    }
}
