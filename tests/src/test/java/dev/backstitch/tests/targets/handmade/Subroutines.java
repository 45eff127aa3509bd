package dev.backstitch.tests.targets.handmade;

import static org.objectweb.asm.Type.INT_TYPE;

import dev.backstitch.tests.harness.Covers;
import dev.backstitch.tests.harness.Probe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Bodies with {@code jsr} and {@code ret}, as compilers wrote {@code finally} until Java 5. */
@Covers(48)
final class Subroutines {
    private Subroutines() {}

    static Map<String, Consumer<Code>> bodies() {
        Map<String, Consumer<Code>> bodies = new LinkedHashMap<>();
        bodies.put("called twice, suspending inside", c -> {
            Label sub = new Label();
            c.iconst(1);
            c.store(0, INT_TYPE);
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.yield("between").pop();
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.yield("after").end();
            c.mark(sub);
            c.visitVarInsn(Opcodes.ASTORE, 1);
            c.iinc(0, 1);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.visitVarInsn(Opcodes.RET, 1);
        });
        bodies.put("a finally", c -> {
            Label from = new Label();
            Label to = new Label();
            Label handler = new Label();
            Label handlerEnd = new Label();
            Label sub = new Label();
            Label out = new Label();
            c.mark(from);
            c.yield("try").pop();
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.goTo(out);
            c.mark(to);
            c.mark(handler);
            c.store(1, Type.getType(Throwable.class));
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.mark(handlerEnd);
            c.load(1, Type.getType(Throwable.class));
            c.athrow();
            c.mark(sub);
            c.visitVarInsn(Opcodes.ASTORE, 2);
            c.yield("finally").pop();
            c.visitVarInsn(Opcodes.RET, 2);
            c.mark(out);
            c.yield("out").end();
            c.visitTryCatchBlock(from, to, handler, null);
            c.visitTryCatchBlock(handler, handlerEnd, handler, null);
        });
        bodies.put("nested", c -> {
            Label outer = new Label();
            Label inner = new Label();
            c.visitJumpInsn(Opcodes.JSR, outer);
            c.visitJumpInsn(Opcodes.JSR, outer);
            c.aconst("end");
            c.invokestatic(
                    Type.getInternalName(Probe.class), "log", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
            c.end();
            c.mark(outer);
            c.visitVarInsn(Opcodes.ASTORE, 0);
            c.yield("outer").pop();
            c.visitJumpInsn(Opcodes.JSR, inner);
            c.visitJumpInsn(Opcodes.JSR, inner);
            c.visitVarInsn(Opcodes.RET, 0);
            c.mark(inner);
            c.visitVarInsn(Opcodes.ASTORE, 3);
            c.yield("inner").pop();
            c.visitVarInsn(Opcodes.RET, 3);
        });
        return bodies;
    }
}
