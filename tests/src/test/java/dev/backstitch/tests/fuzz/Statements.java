package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes statements by chance. */
final class Statements {
    static final List<String> RAISED = List.of("E1", "E2", "E3", "B1");

    private static final int DEEPEST = 3;
    /** From special to general, the order in which javac accepts handlers. */
    private static final List<String> CATCHABLE = List.of("E2", "E1", "E3", "Exception", "B1", "BaseException");

    /** Of a resource's exits, those that ask nothing of a driver: see {@link FuzzResource}. */
    private static final List<Integer> HOT_POLICIES = List.of(0, 1, 4, 5, 6);

    private final Choices random;
    private final Expressions expressions;
    private final boolean hot;
    private int sites;
    /** Compound statements that may still be made in this function. */
    private int budget;

    Statements(Choices random, Expressions expressions, boolean hot) {
        this.random = random;
        this.expressions = expressions;
        this.hot = hot;
    }

    int site() {
        return ++sites;
    }

    /** Starts a function. */
    void budget(int statements) {
        budget = statements;
    }

    List<Stmt> block(Place place, int most) {
        List<Stmt> block = new ArrayList<>();
        int length = 1 + random.number(most);
        for (int i = 0; i < length; i++) {
            block.add(statement(place));
        }
        return block;
    }

    private Stmt statement(Place place) {
        boolean simple = place.depth() >= DEEPEST || --budget < 0;
        int n = random.number(simple ? 45 : place.inEnding() ? 86 : 112);
        if (n < 12) {
            return log(place);
        }
        if (n < 38) {
            return new Stmt.Assign(site(), expressions.suspending(place));
        }
        if (n < 44) {
            return jump(place);
        }
        if (n == 44) {
            // A coroutine that runs by itself may go on while the root waits; what resuming that gives depends on what is pending.
            boolean reenters = place.kind() != Kind.ASYNC_GENERATOR && !hot;
            return reenters ? new Stmt.Reenter(site()) : new Stmt.Log(site(), new Expr.Local());
        }
        if (n < 52) {
            return new Stmt.If(site(), expressions.any(place, 1), 2 + random.number(2), random.number(2),
                    block(place.deeper(), 2), random.chance(50) ? block(place.deeper(), 2) : List.of());
        }
        if (n < 64) {
            return new Stmt.Loop(site(), 1 + random.number(3), block(place.loop(), 3),
                    random.chance(20) ? block(place.deeper(), 2) : List.of());
        }
        if (n < 74) {
            return each(place);
        }
        if (n < 80) {
            return comprehension(place);
        }
        if (n < 86) {
            return choose(place);
        }
        return n < 94 && place.kind() != Kind.GENERATOR
                ? new Stmt.With(site(), hot ? random.pick(HOT_POLICIES) : random.number(5), block(place.guarded(), 3))
                : attempt(place, block(place.guarded(), 3));
    }

    Stmt.Log log(Place place) {
        return new Stmt.Log(site(), expressions.any(place, 2));
    }

    private Stmt jump(Place place) {
        List<Stmt> branch = new ArrayList<>();
        int n = random.number(10);
        if (n < 2 && place.inLoop()) {
            boolean breaks = random.chance(60);
            boolean outer = place.loops() > 1 && random.chance(60);
            branch.add(outer ? new Stmt.LeaveOuter(site(), breaks) : new Stmt.Leave(site(), breaks));
        } else if (n < 4) {
            branch.add(leave(place));
        } else if (n < 6 && place.inHandler()) {
            branch.add(new Stmt.Reraise(site()));
        } else {
            branch.add(new Stmt.Raise(site(), random.pick(RAISED)));
        }
        return new Stmt.If(site(), new Expr.Local(), 3 + random.number(2), random.number(3), branch, List.of());
    }

    private Stmt leave(Place place) {
        int callee = expressions.callee(place, Kind.COROUTINE);
        boolean tail = place.kind() == Kind.COROUTINE && callee > 0 && random.chance(50);
        return tail ? new Stmt.TailAwait(site(), callee, expressions.any(place, 1)) : new Stmt.Return(site());
    }

    private Stmt each(Place place) {
        boolean awaits = place.kind() != Kind.GENERATOR;
        Kind kind = awaits && random.chance(75) ? Kind.ASYNC_GENERATOR : Kind.GENERATOR;
        int callee = expressions.callee(place, kind);
        if (callee < 0) {
            return new Stmt.Loop(site(), 1 + random.number(3), block(place.loop(), 3), List.of());
        }
        Stmt.Filter filter = random.chance(30)
                ? new Stmt.Filter(random.pick(List.of(2, 3, 1000)), awaits && !hot && random.chance(50))
                : null;
        return new Stmt.Each(site(), callee, kind, expressions.any(place, 1), filter, block(place.loop(), 2));
    }

    private Stmt comprehension(Place place) {
        Kind kind = place.kind() != Kind.GENERATOR && random.chance(75) ? Kind.ASYNC_GENERATOR : Kind.GENERATOR;
        int callee = expressions.callee(place, kind);
        if (callee < 0) {
            return new Stmt.Assign(site(), expressions.suspending(place));
        }
        Expr condition = random.chance(50) ? expressions.element(place) : null;
        return new Stmt.Comprehension(site(), callee, kind, expressions.argument(), expressions.element(place), condition,
                2 + random.number(2), random.chance(30));
    }

    private Stmt choose(Place place) {
        List<List<Stmt>> cases = new ArrayList<>();
        for (int i = 2 + random.number(2); i > 0; i--) {
            cases.add(block(place.deeper(), 2));
        }
        return new Stmt.Switch(site(), expressions.any(place, 1), random.chance(40), cases);
    }

    /** A try around {@code body}. */
    Stmt attempt(Place place, List<Stmt> body) {
        int site = site();
        List<Stmt.Handler> handlers = new ArrayList<>();
        int from = 0;
        while (handlers.size() < 2 && random.chance(handlers.isEmpty() ? 75 : 35)) {
            from += random.number(CATCHABLE.size() - from);
            handlers.add(new Stmt.Handler(site(), CATCHABLE.get(from), block(place.handler(), 2)));
            if (++from == CATCHABLE.size()) {
                break;
            }
        }
        boolean ends = handlers.isEmpty() || random.chance(50);
        List<Stmt> otherwise = !handlers.isEmpty() && random.chance(20) ? block(place.guarded(), 2) : List.of();
        return new Stmt.Try(site, body, handlers, otherwise, ends ? block(place.ending(), 2) : List.of());
    }
}
