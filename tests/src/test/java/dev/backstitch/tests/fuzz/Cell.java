package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Operation.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** One of the situations to be reached: an operation on what is suspended in a construct in a region. */
record Cell(Construct construct, Region region, Verb operation) {

    /** What a function can be suspended in, by the kinds of functions that have it. */
    enum Construct {
        YIELD(Program.Kind.GENERATOR, Program.Kind.ASYNC_GENERATOR),
        YIELD_FROM(Program.Kind.GENERATOR),
        YIELD_FROM_LIST(Program.Kind.GENERATOR),
        YIELD_FROM_EXPRESSION(Program.Kind.GENERATOR),
        REQUEST(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR),
        REQUEST_COROUTINE(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR),
        FUTURE(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR),
        AWAIT(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR),
        RETURN_AWAIT(Program.Kind.COROUTINE),
        ASYNC_FOR(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR),
        ASYNC_WITH(Program.Kind.COROUTINE, Program.Kind.ASYNC_GENERATOR);

        private final List<Program.Kind> kinds;

        Construct(Program.Kind... kinds) {
            this.kinds = List.of(kinds);
        }

        List<Program.Kind> kinds() {
            return kinds;
        }

        boolean awaits() {
            return kinds.contains(Program.Kind.COROUTINE);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final Set<Verb> ON_ANYTHING = EnumSet.of(Verb.NEXT, Verb.SEND, Verb.THROW, Verb.EXIT, Verb.CLOSE);
    private static final Set<Verb> ON_ASYNC_GENERATORS = EnumSet.of(Verb.OPEN_SEND, Verb.OPEN_THROW, Verb.OPEN_CLOSE);

    /** Every cell that there can be, in an order that mixes them. */
    static final List<Cell> REACHABLE = reachable();

    private static List<Cell> reachable() {
        List<Cell> cells = new ArrayList<>();
        for (Construct construct : Construct.values()) {
            for (Region.Kind kind : Region.Kind.values()) {
                for (boolean loop : new boolean[] {false, true}) {
                    Region region = new Region(kind, loop);
                    if (isPossible(construct, region)) {
                        ON_ANYTHING.forEach(verb -> cells.add(new Cell(construct, region, verb)));
                        if (isUnderAsyncGenerator(construct, region)) {
                            ON_ASYNC_GENERATORS.forEach(verb -> cells.add(new Cell(construct, region, verb)));
                        }
                    }
                }
            }
        }
        Collections.shuffle(cells, new Random(1));
        return List.copyOf(cells);
    }

    private static boolean isPossible(Construct construct, Region region) {
        return switch (region.kind()) {
            case BODY, TRY, EXCEPT, ELSE, FINALLY, LOOP_ELSE -> true;
            case WITH -> construct == Construct.YIELD || construct.awaits();
            case COMPREHENSION -> !region.loop() && construct.awaits() && isExpression(construct);
            case GENERATOR_EXPRESSION -> !region.loop()
                    && (construct == Construct.YIELD || construct == Construct.REQUEST || construct == Construct.ASYNC_FOR);
        };
    }

    private static boolean isExpression(Construct construct) {
        return construct != Construct.RETURN_AWAIT && construct != Construct.ASYNC_WITH;
    }

    /** A chain goes from an asynchronous generator through awaits; an iteration of a plain generator is none of its links. */
    private static boolean isUnderAsyncGenerator(Construct construct, Region region) {
        return construct.kinds().contains(Program.Kind.ASYNC_GENERATOR)
                && !(construct == Construct.YIELD && region.kind() == Region.Kind.GENERATOR_EXPRESSION)
                || construct == Construct.RETURN_AWAIT;
    }

    /** The operation as {@code fuzz_rig.py} calls it. */
    static String nameOf(Verb verb) {
        String name = verb.name().toLowerCase(Locale.ROOT);
        return name.startsWith("open_") ? name.replace("open_", "a") : name;
    }

    /** "construct | region". */
    String place() {
        return construct + " | " + region;
    }

    @Override
    public String toString() {
        return place() + " | " + nameOf(operation);
    }
}
