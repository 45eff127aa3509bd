package dev.backstitch.tests.targets.handmade;

import static org.objectweb.asm.Type.INT_TYPE;
import static org.objectweb.asm.Type.LONG_TYPE;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Bodies in which paths with values of different classes meet, as in class files without stack maps. */
final class Merges {
    private static final Type NUMBER = Type.getType(Number.class);

    private Merges() {}

    static Map<String, Consumer<Code>> bodies() {
        Map<String, Consumer<Code>> bodies = new LinkedHashMap<>();
        bodies.put("two classes with a common superclass, in a local", c -> {
            either(c);
            c.store(0, NUMBER);
            c.yield("chosen").pop();
            c.load(0, NUMBER);
            intValue(c);
            c.boxInt().yieldTop().end();
        });
        bodies.put("two classes with a common superclass, on the stack", c -> {
            either(c);
            c.yield("chosen").pop();
            intValue(c);
            c.boxInt().yieldTop().end();
        });
        bodies.put("a class and null", c -> {
            Label other = new Label();
            Label both = new Label();
            c.unknown(true);
            c.ifeq(other);
            c.iconst(3);
            box(c, INT_TYPE, Integer.class);
            c.goTo(both);
            c.mark(other);
            c.aconst(null);
            c.mark(both);
            c.yield("chosen").pop();
            intValue(c);
            c.boxInt().yieldTop().end();
        });
        return bodies;
    }

    private static void either(Code c) {
        Label other = new Label();
        Label both = new Label();
        c.unknown(false);
        c.ifeq(other);
        c.iconst(1);
        box(c, INT_TYPE, Integer.class);
        c.goTo(both);
        c.mark(other);
        c.lconst(2L);
        box(c, LONG_TYPE, Long.class);
        c.mark(both);
    }

    private static void box(Code c, Type type, Class<?> box) {
        c.invokestatic(Type.getInternalName(box), "valueOf", "(" + type + ")" + box.descriptorString(), false);
    }

    private static void intValue(Code c) {
        c.invokevirtual(NUMBER.getInternalName(), "intValue", "()I", false);
    }
}
