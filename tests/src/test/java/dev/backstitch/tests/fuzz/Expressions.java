package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes expressions by chance. */
final class Expressions {
    private final Choices random;
    private final boolean futuresOnly;
    private List<Kind> kinds = List.of();

    Expressions(Choices random, boolean futuresOnly) {
        this.random = random;
        this.futuresOnly = futuresOnly;
    }

    /** What the program's functions are. */
    void kinds(List<Kind> kindsOfFunctions) {
        kinds = kindsOfFunctions;
    }

    int functions() {
        return kinds.size();
    }

    /** An expression that suspends in most cases. */
    Expr suspending(Place place) {
        return random.chance(80) ? suspension(place) : any(place, 2);
    }

    Expr any(Place place, int depth) {
        int n = random.number(depth == 0 ? 4 : 12);
        if (n < 3) {
            return new Expr.Local();
        }
        if (n == 3) {
            return new Expr.Constant(random.number(10));
        }
        if (n < 6) {
            return new Expr.Binary(random.pick(List.of('+', '*', '^')), any(place, depth - 1), operand(place, depth - 1));
        }
        if (n < 8) {
            return new Expr.Call(any(place, 0), operand(place, depth - 1), any(place, depth - 1));
        }
        if (n < 9) {
            return new Expr.Choice(operand(place, depth - 1), any(place, depth - 1));
        }
        return n < 10 ? new Expr.Text(any(place, 0), operand(place, depth - 1)) : suspension(place);
    }

    private Expr operand(Place place, int depth) {
        return random.chance(40) ? suspension(place) : any(place, Math.max(depth, 0));
    }

    Expr argument() {
        return random.number(4) > 0
                ? new Expr.Local()
                : new Expr.Binary('+', new Expr.Local(), new Expr.Constant(1 + random.number(9)));
    }

    Expr suspension(Place place) {
        Expr value = argument();
        int n = random.number(10);
        boolean yields = place.kind() != Kind.COROUTINE;
        boolean awaits = place.kind() != Kind.GENERATOR;
        if (n < 4) {
            int callee = callee(place, awaits ? Kind.COROUTINE : Kind.GENERATOR);
            if (callee > 0) {
                return awaits
                        ? new Expr.Await(callee, value)
                        : n > 0
                                ? new Expr.YieldFrom(callee, value)
                                : new Expr.YieldFromEach(callee, value, random.pick(List.of(2, 3, 1000)), random.number(9));
            }
            if (!awaits && n == 0) {
                return new Expr.YieldFromList(value);
            }
        }
        return yields && (!awaits || random.chance(50)) ? new Expr.Yield(value) : request(value);
    }

    private Expr request(Expr value) {
        return futuresOnly || random.chance(25) ? new Expr.Gate(value) : new Expr.Request(value, random.chance(40));
    }

    /** What a comprehension gives for its item. */
    Expr element(Place place) {
        Expr item = new Expr.Item();
        int n = place.kind() == Kind.GENERATOR ? random.number(3) : random.number(8);
        int callee = callee(place, Kind.COROUTINE);
        return switch (n) {
            case 0 -> item;
            case 1 -> new Expr.Binary('+', item, new Expr.Local());
            case 2 -> new Expr.Call(item, new Expr.Constant(random.number(9)), new Expr.Local());
            case 3, 4 -> callee > 0 ? new Expr.Await(callee, item) : request(item);
            case 5 -> new Expr.Call(new Expr.Local(), request(item), item);
            case 6 -> new Expr.Text(item, request(new Expr.Local()));
            default -> request(item);
        };
    }

    /** A later function of {@code kind}; -1 if there is none. */
    int callee(Place place, Kind kind) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = place.function() + 1; i < kinds.size(); i++) {
            if (kinds.get(i) == kind) {
                fitting.add(i);
            }
        }
        return fitting.isEmpty() ? -1 : random.pick(fitting);
    }
}
