package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Operation.Verb;
import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes what a driver does to the object of a program. */
final class Operations {
    private static final int MOST = 14;

    private final Choices random;

    Operations(Choices random) {
        this.random = random;
    }

    List<Operation> make(Kind root) {
        List<Operation> operations = new ArrayList<>();
        operations.add(operation(random.chance(90) ? Verb.NEXT : verb(root)));
        addMore(operations, root, 4 + random.number(MOST - 4));
        return operations;
    }

    /** The second operation is {@code second}. */
    List<Operation> make(Kind root, Verb second) {
        List<Operation> operations = new ArrayList<>(List.of(operation(Verb.NEXT), operation(second)));
        addMore(operations, root, 4 + random.number(MOST - 4));
        return operations;
    }

    private void addMore(List<Operation> operations, Kind root, int count) {
        while (operations.size() < count) {
            operations.add(operation(verb(root)));
        }
    }

    private Operation operation(Verb verb) {
        return new Operation(verb, random.number(100), random.pick(Statements.RAISED));
    }

    private Verb verb(Kind root) {
        int n = random.number(100);
        if (root == Kind.ASYNC_GENERATOR && n >= 60) {
            return n < 76 ? Verb.OPEN_NEXT : n < 86 ? Verb.OPEN_SEND : n < 94 ? Verb.OPEN_THROW : Verb.OPEN_CLOSE;
        }
        if (root == Kind.ASYNC_GENERATOR) {
            n = n * 100 / 60;
        }
        return n < 55 ? Verb.NEXT : n < 78 ? Verb.SEND : n < 90 ? Verb.THROW : n < 95 ? Verb.EXIT : Verb.CLOSE;
    }
}
