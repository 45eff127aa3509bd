package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Form;
import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import dev.backstitch.tests.fuzz.Operation.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the program of a seed: the grammar of SEMANTICS section 3. A function calls later ones only and loops turn at most
 * three times, so every program ends. A jump (break, return, raise) stands under a condition: javac refuses unreachable
 * code. Bodies suspend before they jump, or most runs would end at once.
 */
final class ProgramGenerator {
    private static final int MOST_OPERATIONS = 14;
    private static final int DEEPEST = 3;
    /** From special to general, the order in which javac accepts handlers. */
    private static final List<String> CATCHABLE = List.of("E2", "E1", "E3", "Exception", "B1", "BaseException");
    private static final List<String> RAISED = List.of("E1", "E2", "E3", "B1");

    private final Random random;
    private final long seed;
    private List<Kind> kinds;
    private int sites;
    /** Statements that may still be made in this function. */
    private int budget;

    private ProgramGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    static Program make(long seed) {
        return new ProgramGenerator(seed).program();
    }

    /** Where a statement stands. */
    private record Place(int function, Kind kind, int depth, boolean inLoop, boolean inTry, boolean inHandler, boolean inEnding) {
        Place deeper() {
            return new Place(function, kind, depth + 1, inLoop, inTry, inHandler, inEnding);
        }

        Place loop() {
            return new Place(function, kind, depth + 1, true, inTry, inHandler, inEnding);
        }

        Place guarded() {
            return new Place(function, kind, depth + 1, inLoop, true, inHandler, inEnding);
        }

        Place handler() {
            return new Place(function, kind, depth + 1, inLoop, true, true, inEnding);
        }

        /**
         * A {@code finally} has no caught exception of its own in Java. No try stands in it: javac copies it to each exit,
         * and copies of copies fill a method.
         */
        Place ending() {
            return new Place(function, kind, depth + 1, inLoop, true, false, true);
        }
    }

    private Program program() {
        int count = 2 + random.nextInt(4);
        kinds = new ArrayList<>();
        Kind root = Kind.values()[random.nextInt(3)];
        kinds.add(root);
        for (int i = 1; i < count; i++) {
            kinds.add(root == Kind.GENERATOR && chance(85) ? Kind.GENERATOR : Kind.values()[random.nextInt(3)]);
        }
        List<Function> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            budget = 3 + random.nextInt(6);
            Place place = new Place(i, kinds.get(i), 0, false, false, false, false);
            List<Stmt> body = new ArrayList<>();
            int first = i < count - 1 ? 2 : 1 + random.nextInt(2);
            for (int k = 0; k < first; k++) {
                body.add(new Stmt.Assign(site(), suspension(place)));
            }
            body.addAll(block(place, 2 + random.nextInt(3)));
            functions.add(new Function(i, kinds.get(i), form(), body));
        }
        return new Program(seed, functions, operations(root));
    }

    private Form form() {
        int n = random.nextInt(10);
        return n < 7 ? Form.STATIC : n < 9 ? Form.INSTANCE : Form.INTERFACE_DEFAULT;
    }

    // ---------------------------------------------------------------- statements

    private List<Stmt> block(Place place, int most) {
        List<Stmt> block = new ArrayList<>();
        int length = 1 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            block.add(statement(place));
        }
        return block;
    }

    private Stmt statement(Place place) {
        boolean simple = place.depth() >= DEEPEST || --budget < 0;
        int n = random.nextInt(simple ? 45 : place.inEnding() ? 74 : 100);
        if (n < 12) {
            return new Stmt.Log(site(), expression(place, 2));
        }
        if (n < 38) {
            return new Stmt.Assign(site(), suspending(place));
        }
        if (n < 44) {
            return jump(place);
        }
        if (n == 44) {
            return place.kind() == Kind.ASYNC_GENERATOR
                    ? new Stmt.Log(site(), new Expr.Local())
                    : new Stmt.Reenter(site());
        }
        if (n < 52) {
            return new Stmt.If(site(), expression(place, 1), 2 + random.nextInt(2), random.nextInt(2),
                    block(place.deeper(), 2), chance(50) ? block(place.deeper(), 2) : List.of());
        }
        if (n < 64) {
            return new Stmt.Loop(site(), 1 + random.nextInt(3), block(place.loop(), 3),
                    chance(20) ? block(place.deeper(), 2) : List.of());
        }
        if (n < 74) {
            return each(place);
        }
        if (n < 82 && place.kind() != Kind.GENERATOR) {
            return new Stmt.With(site(), random.nextInt(5), block(place.guarded(), 3));
        }
        return attempt(place);
    }

    private Stmt jump(Place place) {
        List<Stmt> branch = new ArrayList<>();
        int n = random.nextInt(10);
        if (n < 2 && place.inLoop()) {
            branch.add(new Stmt.Leave(site(), chance(60)));
        } else if (n < 4) {
            branch.add(leave(place));
        } else if (n < 6 && place.inHandler()) {
            branch.add(new Stmt.Reraise(site()));
        } else {
            branch.add(new Stmt.Raise(site(), pick(RAISED)));
        }
        return new Stmt.If(site(), new Expr.Local(), 3 + random.nextInt(2), random.nextInt(3), branch, List.of());
    }

    private Stmt leave(Place place) {
        int callee = callee(place, Kind.COROUTINE);
        boolean tail = place.kind() == Kind.COROUTINE && !place.inTry() && callee > 0 && chance(50);
        return tail ? new Stmt.TailAwait(site(), callee, expression(place, 1)) : new Stmt.Return(site());
    }

    private Stmt each(Place place) {
        boolean asynchronous = place.kind() != Kind.GENERATOR && chance(75);
        Kind kind = asynchronous ? Kind.ASYNC_GENERATOR : Kind.GENERATOR;
        int callee = callee(place, kind);
        return callee < 0
                ? new Stmt.Loop(site(), 1 + random.nextInt(3), block(place.loop(), 3), List.of())
                : new Stmt.Each(site(), callee, kind, expression(place, 1), block(place.loop(), 2));
    }

    private Stmt attempt(Place place) {
        int site = site();
        List<Stmt> body = block(place.guarded(), 3);
        List<Stmt.Handler> handlers = new ArrayList<>();
        int from = 0;
        while (handlers.size() < 2 && chance(handlers.isEmpty() ? 75 : 35)) {
            from += random.nextInt(CATCHABLE.size() - from);
            handlers.add(new Stmt.Handler(site(), CATCHABLE.get(from), block(place.handler(), 2)));
            if (++from == CATCHABLE.size()) {
                break;
            }
        }
        boolean ends = handlers.isEmpty() || chance(50);
        List<Stmt> otherwise = !handlers.isEmpty() && chance(20) ? block(place.guarded(), 2) : List.of();
        return new Stmt.Try(site, body, handlers, otherwise, ends ? block(place.ending(), 2) : List.of());
    }

    // ---------------------------------------------------------------- expressions

    /** An expression that suspends in most cases. */
    private Expr suspending(Place place) {
        return chance(80) ? suspension(place) : expression(place, 2);
    }

    private Expr expression(Place place, int depth) {
        int n = random.nextInt(depth == 0 ? 4 : 12);
        if (n < 3) {
            return new Expr.Local();
        }
        if (n == 3) {
            return new Expr.Constant(random.nextInt(10));
        }
        if (n < 6) {
            return new Expr.Binary(pick(List.of('+', '*', '^')), expression(place, depth - 1), operand(place, depth - 1));
        }
        if (n < 8) {
            return new Expr.Call(expression(place, 0), operand(place, depth - 1), expression(place, depth - 1));
        }
        if (n < 9) {
            return new Expr.Choice(operand(place, depth - 1), expression(place, depth - 1));
        }
        if (n < 10) {
            return new Expr.Text(expression(place, 0), operand(place, depth - 1));
        }
        return suspension(place);
    }

    private Expr operand(Place place, int depth) {
        return chance(40) ? suspension(place) : expression(place, Math.max(depth, 0));
    }

    private Expr suspension(Place place) {
        Expr value = random.nextInt(4) > 0
                ? new Expr.Local()
                : new Expr.Binary('+', new Expr.Local(), new Expr.Constant(1 + random.nextInt(9)));
        int n = random.nextInt(10);
        boolean yields = place.kind() != Kind.COROUTINE;
        boolean awaits = place.kind() != Kind.GENERATOR;
        if (n < 4) {
            Kind kind = awaits ? Kind.COROUTINE : Kind.GENERATOR;
            int callee = callee(place, kind);
            if (callee > 0) {
                return awaits ? new Expr.Await(callee, value) : new Expr.YieldFrom(callee, value);
            }
            if (!awaits && n == 0) {
                return new Expr.YieldFromList(value);
            }
        }
        return yields && (!awaits || chance(50)) ? new Expr.Yield(value) : new Expr.Request(value, chance(40));
    }

    /** A later function of {@code kind}; -1 if there is none. */
    private int callee(Place place, Kind kind) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = place.function() + 1; i < kinds.size(); i++) {
            if (kinds.get(i) == kind) {
                fitting.add(i);
            }
        }
        return fitting.isEmpty() ? -1 : fitting.get(random.nextInt(fitting.size()));
    }

    // ---------------------------------------------------------------- operations

    private List<Operation> operations(Kind root) {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation(chance(90) ? Verb.NEXT : verb(root), random.nextInt(10), pick(RAISED)));
        int count = 4 + random.nextInt(MOST_OPERATIONS - 4);
        for (int i = 1; i < count; i++) {
            operations.add(new Operation(verb(root), random.nextInt(100), pick(RAISED)));
        }
        return operations;
    }

    private Verb verb(Kind root) {
        int n = random.nextInt(100);
        if (root == Kind.ASYNC_GENERATOR && n >= 60) {
            return n < 76 ? Verb.OPEN_NEXT : n < 86 ? Verb.OPEN_SEND : n < 94 ? Verb.OPEN_THROW : Verb.OPEN_CLOSE;
        }
        if (root == Kind.ASYNC_GENERATOR) {
            n = n * 100 / 60;
        }
        return n < 55 ? Verb.NEXT : n < 78 ? Verb.SEND : n < 90 ? Verb.THROW : n < 95 ? Verb.EXIT : Verb.CLOSE;
    }

    // ---------------------------------------------------------------- choices

    private int site() {
        return ++sites;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
