package dev.backstitch.tests.entangled;

import static dev.backstitch.tests.entangled.ProgramMaker.verbs;

import dev.backstitch.tests.entangled.EntangledProgram.Kind;
import dev.backstitch.tests.entangled.Operation.Verb;
import dev.backstitch.tests.entangled.Statement.Handling;
import dev.backstitch.tests.fuzz.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the program of asynchronous generators of a seed. What is made is mostly used next, and mostly so that it goes on: or
 * all would have ended before anything comes of it.
 */
final class AsyncProgramMaker {
    private static final List<Verb> CALM = verbs(6, Verb.YIELD, 5, Verb.SUSPEND, 4, Verb.DELEGATE, 1, Verb.EACH);
    private static final List<Verb> BUSY = verbs(6, Verb.YIELD, 5, Verb.SUSPEND, 10, Verb.DELEGATE, 2, Verb.EACH, 1, Verb.RETURN,
            2, Verb.RETURN_AWAITED, 1, Verb.RAISE, 4, Verb.NEXT, 3, Verb.SEND, 2, Verb.THROW, 1, Verb.EXIT, 2, Verb.CLOSE,
            1, Verb.STATE);
    private static final List<Verb> MAKING = verbs(16, Verb.NEXT, 6, Verb.SEND, 3, Verb.THROW, 1, Verb.EXIT, 3, Verb.CLOSE);
    private static final List<Verb> DRIVING = verbs(16, Verb.NEXT, 6, Verb.SEND, 3, Verb.THROW, 2, Verb.EXIT, 3, Verb.CLOSE);
    private static final int MOST_OPERATIONS = 5;

    private final Choices random;
    private final int bodies;

    private AsyncProgramMaker(long seed) {
        random = new Choices(seed);
        bodies = 2 + random.number(5);
    }

    static EntangledProgram make(long seed) {
        return new AsyncProgramMaker(seed).program();
    }

    private EntangledProgram program() {
        List<List<Statement>> scripts = new ArrayList<>();
        for (int self = 0; self < bodies; self++) {
            List<Statement> script = new ArrayList<>();
            for (int left = 3 + random.number(7); left > 0; left--) {
                addStatement(script, self);
            }
            scripts.add(script);
        }
        List<Operation> operations = new ArrayList<>();
        for (int left = 4 + random.number(10); left > 0; left--) {
            addOperations(operations);
        }
        return new EntangledProgram(Kind.ASYNC_GENERATORS, scripts, operations);
    }

    /** What is done to a coroutine, or to an operation that was made before, or to one that is made now. */
    private void addOperations(List<Operation> operations) {
        if (random.chance(35)) {
            int coroutine = 1 + 2 * random.number(bodies / 2);
            operations.add(operation(Verb.NEXT, coroutine));
            while (random.chance(50)) {
                operations.add(operation(random.pick(DRIVING), coroutine));
            }
        } else if (random.chance(15)) {
            operations.add(operation(random.pick(DRIVING), made()));
        } else {
            operations.add(operation(random.pick(MAKING), 2 * random.number((bodies + 1) / 2)));
            operations.add(operation(random.chance(80) ? Verb.NEXT : random.pick(DRIVING), bodies));
            while (random.chance(50)) {
                operations.add(operation(random.pick(DRIVING), made()));
            }
        }
    }

    private void addStatement(List<Statement> script, int self) {
        Verb verb = random.pick(random.chance(60) ? CALM : BUSY);
        switch (verb) {
            case YIELD, SUSPEND -> script.add(statement(new Operation(verb, 1 + random.number(9), null)));
            case RETURN, RAISE -> script.add(statement(new Operation(verb, 60 + random.number(10), null)));
            case EACH -> script.add(statement(new Operation(verb, generator(self), random.chance(30) ? 1 : null)));
            case DELEGATE, RETURN_AWAITED -> {
                Verb awaiting = AsyncGeneratorRun.isGenerator(self) ? Verb.DELEGATE : verb;
                if (random.chance(30)) {
                    script.add(new Statement(Handling.PLAIN, 0, operation(random.pick(MAKING), generator(self))));
                    script.add(statement(operation(awaiting, bodies)));
                } else {
                    script.add(statement(operation(awaiting, random.chance(20) ? made() : other(self))));
                }
            }
            default -> script.add(statement(operation(verb, random.chance(40) ? made() : other(self))));
        }
    }

    /** What comes of using another one is often swallowed: it would end the body. */
    private Statement statement(Operation operation) {
        int swallowed = operation.verb() == Verb.DELEGATE ? 30 : operation.verb().compareTo(Verb.NEXT) >= 0 ? 60 : 0;
        Handling handling = random.chance(swallowed) ? Handling.SWALLOW
                : random.chance(20) ? Handling.PLAIN : random.pick(List.of(Handling.values()));
        return new Statement(handling, random.chance(40) ? made() : random.number(bodies), operation);
    }

    private Operation operation(Verb verb, int target) {
        boolean takes = verb == Verb.THROW || verb == Verb.SEND && random.chance(50);
        return new Operation(verb, target, takes ? 1 + random.number(9) : null);
    }

    /** An operation that was made before; most often the last that has not ended. */
    private int made() {
        return bodies + (random.chance(60) ? 0 : random.number(MOST_OPERATIONS));
    }

    /** Mostly one behind {@code self}, so that chains become long; sometimes itself, which is running. */
    private int other(int self) {
        return random.chance(50) ? generator(self)
                : self + 1 < bodies && random.chance(70) ? self + 1 + random.number(bodies - self - 1) : random.number(bodies);
    }

    /** As {@link #other}, of the generators. */
    private int generator(int self) {
        int generators = (bodies + 1) / 2;
        int behind = self / 2 + 1;
        return 2 * (behind < generators && random.chance(70)
                ? behind + random.number(generators - behind) : random.number(generators));
    }
}
