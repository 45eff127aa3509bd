package dev.backstitch.tests.robustness;

import static org.objectweb.asm.Type.DOUBLE_TYPE;
import static org.objectweb.asm.Type.INT_TYPE;
import static org.objectweb.asm.Type.LONG_TYPE;

import dev.backstitch.tests.targets.handmade.Code;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A generator whose blocks jump to one another as a seed wills: loops with many entries, ranges of exception handlers that
 * overlap, handlers that cover one another and themselves. Each block logs what the locals hold; most yield, some of them
 * over operands. After so many blocks every run ends.
 */
final class RandomFlow {
    private static final int MOST_TURNS = 60;
    private static final int TURNS = 0;
    private static final int TEXT = 1;
    private static final int WIDE = 2;
    private static final int REAL = 4;
    private static final String[] CAUGHT = {null, "java/lang/RuntimeException", "java/lang/IllegalStateException", "java/io/IOException"};

    private final SplittableRandom random;
    private final Code c;
    /** Where the blocks begin; the last one is the end. */
    private final Label[] places;
    private final boolean[] handlers;

    private RandomFlow(Code c, long seed) {
        this.c = c;
        random = new SplittableRandom(seed);
        places = Stream.generate(Label::new).limit(5 + (int) (seed % 40)).toArray(Label[]::new);
        handlers = new boolean[places.length];
    }

    /** The one of {@code seed}. */
    static Hostile of(long seed) {
        return new Hostile("random blocks " + seed, Hostile.Expected.WOVEN, () -> classFile(seed));
    }

    /** The internal name of its class. */
    static String nameOf(long seed) {
        return "hostile/Flow" + seed;
    }

    static byte[] classFile(long seed) {
        return Hostile.only(Code.generator(nameOf(seed), Opcodes.V17, c -> new RandomFlow(c, seed).write()));
    }

    private void write() {
        int count = places.length - 1;
        for (int i = 0; i < 3; i++) {
            int handler = 1 + random.nextInt(count - 1);
            handlers[handler] = true;
            for (int k = 0; k < 2; k++) {
                int from = random.nextInt(count);
                int to = from + 1 + random.nextInt(count - from);
                c.visitTryCatchBlock(places[from], places[to], places[handler], CAUGHT[random.nextInt(CAUGHT.length)]);
            }
        }
        c.iconst(0);
        c.store(TURNS, INT_TYPE);
        c.aconst("text");
        c.store(TEXT, Code.OBJECT);
        c.lconst(7);
        c.store(WIDE, LONG_TYPE);
        c.dconst(0.5);
        c.store(REAL, DOUBLE_TYPE);
        for (int i = 0; i < count; i++) {
            if (handlers[i]) {
                c.goTo(anywhere()); // nothing falls into a handler
            }
            c.mark(places[i]);
            if (handlers[i]) {
                c.store(TEXT, Code.OBJECT);
            }
            block(i);
        }
        c.mark(places[count]);
        c.load(TEXT, Code.OBJECT);
        c.end();
    }

    private void block(int number) {
        c.iinc(TURNS, 1);
        c.load(TURNS, INT_TYPE);
        c.iconst(MOST_TURNS);
        c.ificmpge(places[places.length - 1]);
        c.iconst(number);
        c.load(TURNS, INT_TYPE);
        c.load(TEXT, Code.OBJECT);
        c.load(WIDE, LONG_TYPE);
        c.load(REAL, DOUBLE_TYPE);
        c.invokestatic(Type.getInternalName(FlowDriver.class), "log", "(IILjava/lang/Object;JD)V", false);
        switch (random.nextInt(5)) {
            case 0 -> {
                c.load(TEXT, Code.OBJECT);
                c.yieldTop().store(TEXT, Code.OBJECT);
            }
            case 1 -> {
                c.load(WIDE, LONG_TYPE); // waits below what is yielded
                c.load(TURNS, INT_TYPE);
                c.boxInt().yieldTop().store(TEXT, Code.OBJECT);
                c.iconst(3);
                c.cast(INT_TYPE, LONG_TYPE);
                c.add(LONG_TYPE);
                c.store(WIDE, LONG_TYPE);
            }
            case 2 -> {
                c.load(REAL, DOUBLE_TYPE);
                c.newBox();
                c.dup();
                c.load(TEXT, Code.OBJECT);
                c.yieldTop().string().initBox();
                c.string().store(TEXT, Code.OBJECT);
                c.dconst(1);
                c.add(DOUBLE_TYPE);
                c.store(REAL, DOUBLE_TYPE);
            }
            case 3 -> c.yield("block " + number).pop();
            default -> c.nop();
        }
        jump();
    }

    private void jump() {
        switch (random.nextInt(7)) {
            case 0 -> c.goTo(anywhere());
            case 1 -> {
                remainder(2 + random.nextInt(2));
                c.ifne(anywhere());
            }
            case 2 -> {
                c.load(TEXT, Code.OBJECT);
                c.ifnull(anywhere());
            }
            case 3 -> {
                Label[] targets = {anywhere(), anywhere(), anywhere()};
                remainder(4);
                c.tableswitch(0, 2, anywhere(), targets);
            }
            case 4 -> {
                Label on = new Label();
                remainder(5);
                c.ifne(on);
                c.aconst(null);
                c.athrow();
                c.mark(on);
                c.nop();
            }
            default -> c.nop();
        }
    }

    /** → int: the number of turns modulo {@code divisor}. */
    private void remainder(int divisor) {
        c.load(TURNS, INT_TYPE);
        c.iconst(divisor);
        c.rem(INT_TYPE);
    }

    /** Some block that is no handler, or the end. */
    private Label anywhere() {
        int place = random.nextInt(places.length);
        return handlers[place] ? anywhere() : places[place];
    }
}
