package dev.backstitch.tests.robustness;

import static dev.backstitch.tests.robustness.Hostile.Expected.EITHER;
import static dev.backstitch.tests.robustness.Hostile.Expected.WOVEN;
import static dev.backstitch.tests.robustness.Hostile.body;
import static org.objectweb.asm.Type.INT_TYPE;
import static org.objectweb.asm.Type.LONG_TYPE;

import dev.backstitch.tests.targets.handmade.Code;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Control flow and operand stacks that no compiler makes, though an obfuscator may: all of them pass the JVM's verifier. */
final class HostileFlow {
    private HostileFlow() {}

    static List<Hostile> all() {
        return List.of(
                body("1,000 nested try blocks", EITHER, c -> nestedTries(c, 1000)),
                body("200 nested try blocks", WOVEN, c -> nestedTries(c, 200)),
                body("100 nested try blocks, a yield in each", WOVEN, c -> nestedTriesWithYields(c, 100)),
                body("800 nested try blocks, a yield in each", EITHER, c -> nestedTriesWithYields(c, 800)),
                body("100 nested loops", WOVEN, c -> nestedLoops(c, 100, false)),
                body("2,000 nested loops", EITHER, c -> nestedLoops(c, 2000, false)),
                body("60 nested loops, a yield in each", WOVEN, c -> nestedLoops(c, 60, true)),
                body("500 nested loops, a yield in each", EITHER, c -> nestedLoops(c, 500, true)),
                body("a yield over 500 operands", WOVEN, c -> deepStack(c, 500, 1)),
                body("100 yields over 1 to 100 operands", EITHER, c -> deepStack(c, 100, 100)),
                body("600 yields over 1 to 600 operands", EITHER, c -> deepStack(c, 600, 600)),
                body("a loop with five entries", WOVEN, c -> irreducible(c, 5)),
                body("a loop with 200 entries", EITHER, c -> irreducible(c, 200)),
                body("jumps into a handler", WOVEN, HostileFlow::jumpsIntoHandler),
                body("a handler that covers itself", WOVEN, HostileFlow::handlerCoversItself),
                body("a handler in front of what it covers", WOVEN, HostileFlow::handlerInFront),
                body("exception ranges that overlap", WOVEN, HostileFlow::overlappingRanges),
                body("500 exception ranges that overlap", EITHER, c -> stairs(c, 500)),
                body("dead code", WOVEN, HostileFlow::deadCode),
                body("gotos there and back", WOVEN, c -> scattered(c, 300)),
                body("3,000 gotos there and back", EITHER, c -> scattered(c, 3000)),
                body("nop sleds", WOVEN, HostileFlow::nopSleds),
                body("stack juggling", WOVEN, HostileFlow::juggling),
                body("an endless loop of nothing", WOVEN, HostileFlow::endless),
                body("an object that is not made over a yield", WOVEN, HostileFlow::uninitializedOverYields),
                body("a local with a type for each yield", WOVEN, c -> changingLocal(c, 200)));
    }

    // ---------------------------------------------------------------- nesting

    private static void nestedTries(Code c, int depth) {
        Label[] starts = labels(depth);
        Label[] ends = labels(depth);
        Label[] handlers = labels(depth);
        for (int i = depth - 1; i >= 0; i--) {
            c.visitTryCatchBlock(starts[i], ends[i], handlers[i], "java/lang/RuntimeException");
        }
        for (int i = 0; i < depth; i++) {
            c.mark(starts[i]);
            c.nop();
        }
        c.yield("innermost").pop();
        Label out = new Label();
        for (int i = depth - 1; i >= 0; i--) {
            c.mark(ends[i]);
            c.goTo(out);
            c.mark(handlers[i]);
            c.pop();
        }
        c.mark(out);
        c.endNull();
    }

    private static void nestedTriesWithYields(Code c, int depth) {
        Label[] starts = labels(depth);
        Label[] ends = labels(depth);
        Label[] handlers = labels(depth);
        for (int i = depth - 1; i >= 0; i--) {
            c.visitTryCatchBlock(starts[i], ends[i], handlers[i], null);
        }
        for (int i = 0; i < depth; i++) {
            c.mark(starts[i]);
            c.yield("in").pop();
        }
        for (int i = depth - 1; i >= 0; i--) {
            Label next = new Label();
            c.mark(ends[i]);
            c.goTo(next);
            c.mark(handlers[i]);
            c.yieldTop().pop();
            c.mark(next);
            c.nop();
        }
        c.endNull();
    }

    private static void nestedLoops(Code c, int depth, boolean yields) {
        Label[] heads = labels(depth);
        Label[] ends = labels(depth);
        for (int i = 0; i < depth; i++) {
            c.iconst(0);
            c.store(i % 3, INT_TYPE);
            c.mark(heads[i]);
            c.load(i % 3, INT_TYPE);
            c.iconst(2);
            c.ificmpge(ends[i]);
            c.iinc(i % 3, 1);
            if (yields) {
                c.yield("loop").pop();
            }
        }
        c.yield("innermost").pop();
        for (int i = depth - 1; i >= 0; i--) {
            c.goTo(heads[i]);
            c.mark(ends[i]);
        }
        c.endNull();
    }

    private static void deepStack(Code c, int operands, int yields) {
        for (int i = 0; i < operands; i++) {
            if (i % 3 == 0) {
                c.lconst(i);
            } else if (i % 3 == 1) {
                c.iconst(i);
            } else {
                c.aconst("x" + i % 7);
            }
            if (i >= operands - yields) {
                c.yield("deep").pop();
            }
        }
        for (int i = operands - 1; i >= 0; i--) {
            if (i % 3 == 0) {
                c.pop2();
            } else {
                c.pop();
            }
        }
        c.endNull();
    }

    // ---------------------------------------------------------------- obfuscated flow

    private static void irreducible(Code c, int entries) {
        Label[] places = labels(entries);
        Label out = new Label();
        c.iconst(0);
        c.store(0, INT_TYPE);
        c.unknown(false).tableswitch(0, entries - 1, out, places);
        for (int i = 0; i < entries; i++) {
            c.mark(places[i]);
            c.iinc(0, 1);
            c.load(0, INT_TYPE);
            c.iconst(2 * entries);
            c.ificmpge(out);
            c.yield("place").pop();
            if (i % 2 == 1) {
                c.unknown(true).ifne(places[(i * 7 + 3) % entries]);
            }
        }
        c.goTo(places[entries / 2]);
        c.mark(out);
        c.endNull();
    }

    private static void jumpsIntoHandler(Code c) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label out = new Label();
        c.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        c.iconst(0);
        c.store(0, INT_TYPE);
        c.unknown(false).ifeq(start);
        c.aconst(null);
        c.checkcast(org.objectweb.asm.Type.getType(RuntimeException.class));
        c.goTo(handler);
        c.mark(start);
        c.yield("covered").pop();
        c.mark(end);
        c.goTo(out);
        c.mark(handler);
        c.yieldTop().pop();
        c.iinc(0, 1);
        c.load(0, INT_TYPE);
        c.iconst(3);
        c.ificmplt(start);
        c.mark(out);
        c.endNull();
    }

    private static void handlerCoversItself(Code c) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        c.visitTryCatchBlock(start, end, handler, null);
        c.iconst(0);
        c.store(0, INT_TYPE);
        c.mark(start);
        c.yield("covered").pop();
        c.endNull();
        c.mark(handler);
        c.yieldTop().pop();
        c.iinc(0, 1);
        c.endNull();
        c.mark(end);
    }

    private static void handlerInFront(Code c) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        c.visitTryCatchBlock(start, end, handler, null);
        c.goTo(start);
        c.mark(handler);
        c.yieldTop().pop();
        c.endNull();
        c.mark(start);
        c.yield("covered").pop();
        c.mark(end);
        c.endNull();
    }

    private static void overlappingRanges(Code c) {
        Label[] l = labels(7);
        c.visitTryCatchBlock(l[0], l[2], l[4], "java/lang/RuntimeException");
        c.visitTryCatchBlock(l[1], l[3], l[5], "java/lang/IllegalStateException");
        c.visitTryCatchBlock(l[0], l[3], l[6], null);
        c.visitTryCatchBlock(l[4], l[5], l[6], null);
        c.mark(l[0]);
        c.yield("0").pop();
        c.mark(l[1]);
        c.yield("1").pop();
        c.mark(l[2]);
        c.yield("2").pop();
        c.mark(l[3]);
        c.endNull();
        c.mark(l[4]);
        c.yieldTop().pop();
        c.endNull();
        c.mark(l[5]);
        c.yieldTop().pop();
        c.endNull();
        c.mark(l[6]);
        c.yieldTop().pop();
        c.endNull();
    }

    /** Each range begins inside the one before it and ends behind it. */
    private static void stairs(Code c, int count) {
        Label[] places = labels(2 * count + 1);
        Label handler = new Label();
        for (int i = 0; i < count; i++) {
            c.visitTryCatchBlock(places[i], places[i + count], handler, i % 2 == 0 ? null : "java/lang/RuntimeException");
        }
        for (int i = 0; i < 2 * count; i++) {
            c.mark(places[i]);
            if (i % 4 == 0) {
                c.yield("step").pop();
            } else {
                c.nop();
            }
        }
        c.mark(places[2 * count]);
        c.endNull();
        c.mark(handler);
        c.yieldTop().pop();
        c.endNull();
    }

    private static void deadCode(Code c) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        c.visitTryCatchBlock(start, end, handler, null);
        c.yield("alive").pop();
        c.endNull();
        c.mark(start);
        c.yield("dead").pop();
        c.lconst(1);
        c.yield("dead over a long").pop();
        c.pop2();
        c.mark(end);
        c.endNull();
        c.mark(handler);
        c.yieldTop().pop();
        c.endNull();
    }

    /** Straight-line code whose instructions stand in an order of their own. */
    private static void scattered(Code c, int count) {
        Label[] places = labels(count + 1);
        int step = 7;
        while (count % step == 0) {
            step += 2;
        }
        c.iconst(0);
        c.store(0, INT_TYPE);
        c.goTo(places[0]);
        for (int i = 0; i < count; i++) {
            int place = (int) ((long) i * step % count);
            c.mark(places[place]);
            c.iinc(0, 1);
            if (place % 10 == 3 && place < 3000) {
                c.yield("scattered").pop();
            }
            c.unknown(true).ifne(places[place + 1]);
            c.goTo(places[place + 1]);
        }
        c.mark(places[count]);
        c.endNull();
    }

    private static void nopSleds(Code c) {
        for (int i = 0; i < 20; i++) {
            for (int k = 0; k < 1500; k++) {
                c.nop();
            }
            c.yield("sled").pop();
        }
        c.endNull();
    }

    private static void endless(Code c) {
        Label head = new Label();
        c.mark(head);
        c.yield("on and on").pop();
        c.goTo(head);
    }

    // ---------------------------------------------------------------- stacks and locals

    private static void juggling(Code c) {
        c.aconst("a");
        c.aconst("b");
        c.lconst(7);
        c.dup2X2();
        c.yield("1").pop();
        c.pop2();
        c.dup2();
        c.yield("2").pop();
        c.pop2();
        c.swap();
        c.dupX1();
        c.yield("3").pop();
        c.dupX2();
        c.yield("4").pop();
        c.pop();
        c.dup2X1();
        c.yield("5").pop();
        c.pop2();
        c.pop();
        c.pop2();
        c.pop2();
        c.endNull();
    }

    private static void uninitializedOverYields(Code c) {
        for (int i = 0; i < 20; i++) {
            c.newBox();
            c.dup();
            c.newBox();
            c.dup();
            c.yield("inner").string();
            c.initBox();
            c.string();
            c.yield("outer").pop();
            c.initBox();
            c.yieldTop().pop();
        }
        c.endNull();
    }

    private static void changingLocal(Code c, int yields) {
        for (int i = 0; i < yields; i++) {
            if (i % 3 == 0) {
                c.lconst(i);
                c.store(i % 5, LONG_TYPE);
            } else if (i % 3 == 1) {
                c.iconst(i);
                c.store(i % 5, INT_TYPE);
            } else {
                c.aconst("x");
                c.store(i % 5, Code.OBJECT);
            }
            c.yield("y").pop();
            if (i % 3 == 0) {
                c.load(i % 5, LONG_TYPE);
                c.pop2();
            } else if (i % 3 == 1) {
                c.load(i % 5, INT_TYPE);
                c.pop();
            } else {
                c.load(i % 5, Code.OBJECT);
                c.pop();
            }
        }
        c.endNull();
    }

    private static Label[] labels(int count) {
        return Stream.generate(Label::new).limit(count).toArray(Label[]::new);
    }
}
