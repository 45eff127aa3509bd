package dev.backstitch.tests.targets.handmade;

import static dev.backstitch.tests.targets.handmade.Code.BOX;
import static dev.backstitch.tests.targets.handmade.Code.OBJECT;
import static org.objectweb.asm.Type.DOUBLE_TYPE;
import static org.objectweb.asm.Type.INT_TYPE;
import static org.objectweb.asm.Type.LONG_TYPE;

import dev.backstitch.tests.harness.Covers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Bodies that no Java compiler writes, but others do; by name. */
final class Handmade {
    private static final Type BOX_TYPE = Type.getObjectType(BOX);

    /** The name of the body that no class file before Java 11 can hold. */
    static final String NEEDS_JAVA_11 = "a dynamic constant below a suspension";

    private final Map<String, Consumer<Code>> bodies = new LinkedHashMap<>();

    private Handmade() {
        uninitialised();
        stack();
        handlers();
        jumps();
        monitors();
        locals();
        dynamic();
    }

    static Map<String, Consumer<Code>> bodies() {
        return new Handmade().bodies;
    }

    @Covers({3, 4, 5, 7, 50})
    private void uninitialised() {
        bodies.put("three copies of NEW", c -> {
            c.newBox().dup();
            c.dup();
            c.yield("a").string().initBox();
            c.log().pop();
            c.log().yieldTop();
            c.end();
        });
        bodies.put("one copy of NEW", c -> {
            c.newBox().yield("a").string().initBox();
            c.endNull();
        });
        bodies.put("copies of NEW between other operands", c -> {
            c.iconst(7);
            c.newBox().dupX1(); // box 7 box
            c.swap(); // box box 7
            c.boxInt().yieldTop().string().initBox();
            c.yieldTop();
            c.end();
        });
        bodies.put("NEW in locals", c -> {
            c.newBox().dup();
            c.store(0, BOX_TYPE);
            c.store(3, BOX_TYPE);
            c.load(0, BOX_TYPE);
            c.yield("a").string().initBox();
            c.load(3, BOX_TYPE);
            c.log().yieldTop().pop();
            c.load(0, BOX_TYPE);
            c.end();
        });
        bodies.put("NEW in a local and on the stack", c -> {
            c.newBox().dup();
            c.store(0, BOX_TYPE);
            c.yield("first").pop();
            c.dup();
            c.yield("a").string().initBox();
            c.yieldTop().pop();
            c.load(0, BOX_TYPE);
            c.end();
        });
        bodies.put("NEW over a branch", c -> {
            Label other = new Label();
            Label join = new Label();
            c.newBox().dup();
            c.unknown(true).ifeq(other);
            c.yield("then").string().goTo(join);
            c.mark(other);
            c.yield("else").string().mark(join);
            c.initBox();
            c.end();
        });
        bodies.put("NEW over a loop", c -> {
            Label loop = new Label();
            c.newBox().dup();
            c.iconst(0);
            c.store(1, INT_TYPE);
            c.mark(loop);
            c.load(1, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.iinc(1, 1);
            c.load(1, INT_TYPE);
            c.iconst(3);
            c.ificmplt(loop);
            c.yield("argument").string().initBox();
            c.end();
        });
        bodies.put("NEW dropped without a constructor", c -> {
            c.newBox().yield("a").pop();
            c.pop();
            c.newBox().store(0, BOX_TYPE);
            c.yield("b").end();
        });
        bodies.put("two NEWs, constructed inside out", c -> {
            c.newBox().dup();
            c.newBox().dup();
            c.yield("inner").string().initBox();
            c.yieldTop().string().initBox();
            c.end();
        });
    }

    @Covers({10, 16})
    private void stack() {
        bodies.put("swap and dup_x1 over a suspension", c -> {
            c.aconst("a");
            c.yield("b").string();
            c.swap(); // b a
            c.dupX1(); // a b a
            c.yieldTop().pop();
            c.log().pop();
            c.end();
        });
        bodies.put("dup2_x2 of longs", c -> {
            c.lconst(1);
            c.lconst(2);
            c.dup2X2(); // 2 1 2
            c.boxLong().yieldTop().pop();
            c.boxLong().yieldTop().pop();
            c.boxLong().yieldTop().end();
        });
        bodies.put("dup2_x1 and dup_x2", c -> {
            c.iconst(5);
            c.dconst(1.5);
            c.dup2X1(); // 1.5 5 1.5
            c.boxDouble().yieldTop().pop();
            c.dupX2(); // 5 1.5 5
            c.boxInt().yieldTop().pop();
            c.boxDouble().yieldTop().pop();
            c.boxInt().end();
        });
        bodies.put("operands of every type below", c -> {
            c.iconst(1);
            c.lconst(2);
            c.fconst(3);
            c.dconst(4);
            c.aconst(null);
            c.iconst(6);
            c.newarray(INT_TYPE);
            c.yield("deep").pop();
            c.arraylength();
            c.boxInt().yieldTop().pop();
            c.log().pop();
            c.boxDouble().log().pop();
            c.visitInsn(org.objectweb.asm.Opcodes.F2I);
            c.boxInt().log().pop();
            c.boxLong().log().pop();
            c.boxInt().end();
        });
        bodies.put("pop2 and nop", c -> {
            c.iconst(1);
            c.iconst(2);
            c.yield("x").pop();
            c.nop();
            c.pop2();
            c.lconst(3);
            c.yield("y").pop();
            c.pop2();
            c.endNull();
        });
    }

    @Covers({33, 35, 39})
    private void handlers() {
        bodies.put("a handler that covers itself", c -> {
            Label out = new Label();
            Label from = new Label();
            Label to = new Label();
            Label handler = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.mark(from);
            c.yield("body").pop();
            fail(c, "first");
            c.goTo(out);
            c.mark(handler);
            c.pop();
            c.iinc(0, 1);
            c.load(0, INT_TYPE);
            c.iconst(3);
            c.ificmpge(out);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            fail(c, "again");
            c.mark(to);
            c.mark(out);
            c.visitTryCatchBlock(from, to, handler, null);
            c.endNull();
        });
        bodies.put("the handler before its range", c -> {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            c.goTo(start);
            c.mark(handler);
            c.yieldTop().end();
            c.mark(start);
            c.yield("in range").pop();
            fail(c, "thrown");
            c.mark(end);
            c.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
            c.endNull();
        });
        bodies.put("overlapping ranges", c -> {
            Label a = new Label();
            Label b = new Label();
            Label d = new Label();
            Label e = new Label();
            Label one = new Label();
            Label two = new Label();
            c.mark(a);
            c.yield("a").pop();
            c.mark(b);
            c.yield("b").pop();
            fail(c, "inside both");
            c.mark(d);
            c.yield("d").pop();
            c.mark(e);
            c.endNull();
            c.mark(one);
            c.log().yieldTop().pop();
            c.goTo(d);
            c.mark(two);
            c.string().yieldTop().end();
            c.visitTryCatchBlock(a, d, one, "dev/backstitch/tests/harness/Probe$Failure");
            c.visitTryCatchBlock(b, e, two, null);
        });
    }

    private static void fail(Code c, String message) {
        c.aconst(message);
        c.invokestatic("dev/backstitch/tests/harness/Probe", "fail", "(Ljava/lang/String;)I", false);
        c.pop();
    }

    @Covers(49)
    private void jumps() {
        bodies.put("a loop with two entries", c -> {
            Label one = new Label();
            Label two = new Label();
            Label out = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.unknown(true).ifeq(two);
            c.mark(one);
            c.yield("one").pop();
            c.iinc(0, 1);
            c.mark(two);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.load(0, INT_TYPE);
            c.iconst(3);
            c.ificmpge(out);
            c.goTo(one);
            c.mark(out);
            c.endNull();
        });
        bodies.put("two entries without a suspension in the loop", c -> {
            Label one = new Label();
            Label two = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.yield("before").pop();
            c.unknown(false).ifeq(two);
            c.mark(one);
            c.iinc(0, 2);
            c.mark(two);
            c.iinc(0, 1);
            c.load(0, INT_TYPE);
            c.iconst(9);
            c.ificmplt(one);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().end();
        });
        bodies.put("code that nothing reaches", c -> {
            Label dead = new Label();
            Label loop = new Label();
            c.mark(loop);
            c.yield("alive").pop();
            c.unknown(false).ifne(loop);
            c.aconst("end");
            c.end();
            c.mark(dead);
            c.yield("dead").pop();
            c.goTo(dead);
        });
        bodies.put("a switch with a case back to the loop's head", c -> {
            Label head = new Label();
            Label one = new Label();
            Label out = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.mark(head);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.iinc(0, 1);
            c.load(0, INT_TYPE);
            c.tableswitch(1, 3, out, one, head, one);
            c.mark(one);
            c.yield("one").pop();
            c.goTo(head);
            c.mark(out);
            c.endNull();
        });
    }

    /** Monitors that are released before a suspension. */
    @Covers(44)
    private void monitors() {
        bodies.put("monitors in no local, out of order", c -> {
            c.aconst("m1");
            c.aconst("m2");
            c.dup2();
            c.monitorenter();
            c.monitorenter();
            c.dup2();
            c.monitorexit();
            c.monitorexit();
            c.pop2();
            c.yield("free").end();
        });
        bodies.put("entered twice, left twice", c -> {
            c.aconst("m");
            c.store(0, OBJECT);
            for (int i = 0; i < 2; i++) {
                c.load(0, OBJECT);
                c.monitorenter();
            }
            for (int i = 0; i < 2; i++) {
                c.load(0, OBJECT);
                c.monitorexit();
            }
            c.yield("free").end();
        });
    }

    @Covers(55)
    private void dynamic() {
        bodies.put("a bootstrap of its own", c -> {
            c.aconst("a");
            c.yield("operand").string();
            c.visitInvokeDynamicInsn("anything", "(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/Object;", Dynamics.JOINING);
            c.yieldTop().end();
        });
        bodies.put(NEEDS_JAVA_11, c -> {
            c.visitLdcInsn(new org.objectweb.asm.ConstantDynamic("constant", "Ljava/lang/String;", Dynamics.CONSTANT));
            c.yield("over it").pop();
            c.yieldTop().end();
        });
    }

    @Covers({22, 23, 27, 28, 30})
    private void locals() {
        bodies.put("hundreds of locals of all widths", c -> {
            for (int i = 0; i < 320; i += 4) {
                c.iconst(i);
                c.store(i, INT_TYPE);
                c.lconst(i * 1_000_000_000L);
                c.store(i + 1, LONG_TYPE);
                c.aconst("s" + i);
                c.store(i + 3, OBJECT);
            }
            c.yield("all live").pop();
            c.iinc(300, 1000);
            c.iinc(300, -20000);
            c.yield("wide iinc").pop();
            c.lconst(0);
            for (int i = 0; i < 320; i += 4) {
                c.load(i, INT_TYPE);
                c.visitInsn(org.objectweb.asm.Opcodes.I2L);
                c.load(i + 1, LONG_TYPE);
                c.add(LONG_TYPE);
                c.add(LONG_TYPE);
            }
            c.boxLong().yieldTop().pop();
            for (int i = 0; i < 320; i += 40) {
                c.load(i + 3, OBJECT);
                c.yieldTop().pop();
            }
            c.endNull();
        });
        bodies.put("a slot with another type on each path", c -> {
            Label other = new Label();
            Label join = new Label();
            c.unknown(true).ifeq(other);
            c.lconst(5);
            c.store(0, LONG_TYPE);
            c.yield("long").pop();
            c.load(0, LONG_TYPE);
            c.boxLong().yieldTop().pop();
            c.goTo(join);
            c.mark(other);
            c.dconst(2.5);
            c.store(1, DOUBLE_TYPE);
            c.yield("double").pop();
            c.mark(join);
            c.yield("neither").pop();
            c.iconst(1);
            c.store(1, INT_TYPE);
            c.aconst("o");
            c.store(0, OBJECT);
            c.yield("both again").pop();
            c.load(1, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.load(0, OBJECT);
            c.end();
        });
        bodies.put("a long over the end of another long", c -> {
            Label loop = new Label();
            c.lconst(1);
            c.store(0, LONG_TYPE);
            c.dconst(0.5);
            c.store(3, DOUBLE_TYPE);
            c.mark(loop);
            c.yield("loop").pop();
            c.lconst(2);
            c.store(1, LONG_TYPE); // ends the long in 0
            c.yield("half").pop();
            c.load(1, LONG_TYPE);
            c.boxLong().yieldTop().pop();
            c.lconst(3);
            c.store(0, LONG_TYPE);
            c.load(3, DOUBLE_TYPE);
            c.boxDouble().yieldTop().pop();
            c.unknown(false).ifne(loop);
            c.load(0, LONG_TYPE);
            c.boxLong().end();
        });
        bodies.put("a variable table that lies", c -> {
            Label from = new Label();
            Label to = new Label();
            c.iconst(4);
            c.store(0, INT_TYPE);
            c.mark(from);
            c.yield("a").pop();
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            c.aconst("now a string");
            c.store(0, OBJECT);
            c.yield("b").pop();
            c.load(0, OBJECT);
            c.mark(to);
            c.end();
            c.visitLocalVariable("liar", "Ljava/util/List;", null, from, to, 0);
            c.visitLocalVariable("ghost", "J", null, from, to, 5);
        });
        bodies.put("Object[] and float[] merged", c -> {
            Label other = new Label();
            Label join = new Label();
            c.unknown(false).ifeq(other);
            c.iconst(1);
            c.newarray(OBJECT);
            c.store(0, OBJECT);
            c.goTo(join);
            c.mark(other);
            c.iconst(2);
            c.newarray(Type.FLOAT_TYPE);
            c.store(0, OBJECT);
            c.mark(join);
            c.yield("merged").pop();
            c.load(0, OBJECT);
            c.invokevirtual("java/lang/Object", "getClass", "()Ljava/lang/Class;", false);
            c.invokevirtual("java/lang/Class", "getSimpleName", "()Ljava/lang/String;", false);
            c.end();
        });
    }
}
