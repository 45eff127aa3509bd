package dev.backstitch.tests.entangled;

import dev.backstitch.tests.entangled.EntangledProgram.Kind;
import dev.backstitch.tests.entangled.Operation.Verb;
import dev.backstitch.tests.entangled.Statement.Handling;
import dev.backstitch.tests.fuzz.Choices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the program of a seed. Scripts have no loops, so every program ends. Mostly bodies yield and delegate, or they
 * would be at their ends before anything comes of it. Every fourth program is one of coroutines, and every fourth one of
 * asynchronous generators.
 */
final class ProgramMaker {
    private static final List<Verb> CALM = verbs(5, Verb.YIELD, 4, Verb.DELEGATE);
    private static final List<Verb> BUSY = verbs(10, Verb.YIELD, 8, Verb.DELEGATE, 1, Verb.RETURN, 1, Verb.RAISE, 3, Verb.NEXT,
            2, Verb.SEND, 2, Verb.THROW, 2, Verb.CLOSE, 1, Verb.STATE);
    private static final List<Verb> OUTSIDE = verbs(8, Verb.NEXT, 4, Verb.SEND, 2, Verb.THROW, 2, Verb.CLOSE);
    private static final List<Verb> LOOKING_AHEAD = verbs(1, Verb.LOOK_AHEAD);

    private final Choices random;
    private final Kind kind;
    private final int bodies;
    /** Whether some use {@code hasNext()}. */
    private final boolean looksAhead;

    private ProgramMaker(long seed) {
        random = new Choices(seed);
        kind = seed % 4 == 3 ? Kind.COROUTINES : Kind.GENERATORS;
        bodies = 2 + random.number(4);
        looksAhead = kind == Kind.GENERATORS && random.chance(40);
    }

    /** {@code 3, YIELD, 1, NEXT}: how likely each is. */
    static List<Verb> verbs(Object... weights) {
        List<Verb> verbs = new ArrayList<>();
        for (int i = 0; i < weights.length; i += 2) {
            verbs.addAll(Collections.nCopies((Integer) weights[i], (Verb) weights[i + 1]));
        }
        return verbs;
    }

    static EntangledProgram make(long seed) {
        return seed % 4 == 2 ? AsyncProgramMaker.make(seed) : new ProgramMaker(seed).program();
    }

    private EntangledProgram program() {
        List<List<Statement>> scripts = new ArrayList<>();
        for (int self = 0; self < bodies; self++) {
            List<Statement> script = new ArrayList<>();
            for (int left = 2 + random.number(6); left > 0; left--) {
                script.add(statement(self));
            }
            scripts.add(script);
        }
        List<Operation> operations = new ArrayList<>();
        for (int left = 4 + random.number(15); left > 0; left--) {
            Verb verb = random.pick(looksAhead && random.chance(25) ? LOOKING_AHEAD : OUTSIDE);
            operations.add(driving(verb, random.chance(60) ? random.number(bodies) : 0));
        }
        return new EntangledProgram(kind, scripts, operations);
    }

    private Statement statement(int self) {
        Verb verb = random.pick(random.chance(50) ? CALM : looksAhead && random.chance(8) ? LOOKING_AHEAD : BUSY);
        Operation operation = switch (verb) {
            case YIELD -> new Operation(verb, 1 + random.number(9), null);
            case RETURN, RAISE -> new Operation(verb, 60 + random.number(10), null);
            default -> driving(verb, other(self));
        };
        return new Statement(handling(verb), random.number(bodies), operation);
    }

    /** What comes of driving another one is mostly swallowed: it would end the body. */
    private Handling handling(Verb verb) {
        boolean drives = verb.compareTo(Verb.NEXT) >= 0;
        return drives && random.chance(60) ? Handling.SWALLOW
                : random.chance(10) ? Handling.PLAIN : random.pick(Handling.WITHOUT_OPERATIONS);
    }

    private Operation driving(Verb verb, int target) {
        boolean takes = verb == Verb.THROW || verb == Verb.SEND && random.chance(50);
        return new Operation(verb, target, takes ? 1 + random.number(9) : null);
    }

    /** Sometimes itself, which is running. */
    private int other(int self) {
        return random.chance(12) ? self : (self + 1 + random.number(bodies - 1)) % bodies;
    }
}
