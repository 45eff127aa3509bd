package dev.backstitch.tests.robustness;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Drives the generator of a {@link RandomFlow} at random. Loaded anew beside it, over the runtime or over its twin on
 * threads.
 */
public final class FlowDriver {
    private static final int MOST_OPERATIONS = 70;

    private static List<String> events = new ArrayList<>();

    private FlowDriver() {}

    /** Called by each block: what the locals hold. */
    public static void log(int block, int turns, Object text, long wide, double real) {
        events.add("block " + block + ": " + turns + " " + shown(text) + " " + wide + " " + real);
    }

    private static String shown(Object value) {
        return value instanceof Throwable t ? t.getClass().getSimpleName() + " " + t.getMessage() : String.valueOf(value);
    }

    /** Everything that {@code generator} logs and gives under the operations of {@code seed}. */
    public static List<String> drive(Object generator, long seed) {
        Gen<?> made = (Gen<?>) generator;
        events = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MOST_OPERATIONS && made.state() != Gen.State.CLOSED; i++) {
            operate(made, random, i);
        }
        operation(() -> {
            made.close();
            return "closed";
        });
        events.add(made.state() + " " + shown(made.result()));
        return events;
    }

    private static void operate(Gen<?> made, SplittableRandom random, int i) {
        int n = i == 0 ? 20 : random.nextInt(60);
        operation(() -> switch (n) {
            case 0 -> made.raise(new IllegalStateException("raised " + i));
            case 1 -> made.raise(new IOException("raised " + i));
            case 2 -> made.raise(new Error("raised " + i));
            case 3 -> i > 20 ? made.raise(new GeneratorExit()) : made.next();
            case 4, 5, 6 -> made.hasNext();
            case 7, 8, 9 -> i > 0 ? made.send(null) : made.next();
            case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> made.send("sent " + i);
            default -> made.next();
        });
    }

    private interface Operation {
        Object run() throws Throwable;
    }

    private static void operation(Operation operation) {
        try {
            events.add("gave " + shown(operation.run()));
        } catch (StopIteration stop) {
            events.add("returned " + shown(stop.value()));
        } catch (Throwable t) {
            events.add("raised " + shown(t));
        }
    }
}
