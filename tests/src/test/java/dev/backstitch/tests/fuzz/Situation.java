package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayList;
import java.util.List;

/** Starts the functions of a program such that its first suspension is the one of a {@link Cell}. */
final class Situation {
    private final Cell cell;
    private final Choices random;
    private final Expressions expressions;
    private final Statements statements;
    private final List<Kind> kinds = new ArrayList<>();
    /** The function that is suspended in the cell; it calls the next one. */
    private final int host;

    Situation(Cell cell, Choices random, Expressions expressions, Statements statements) {
        this.cell = cell;
        this.random = random;
        this.expressions = expressions;
        this.statements = statements;
        Kind inner = hostKind();
        boolean underAsyncGenerator = cell.operation().name().startsWith("OPEN_");
        if (underAsyncGenerator && inner != Kind.ASYNC_GENERATOR) {
            kinds.add(Kind.ASYNC_GENERATOR);
        }
        host = kinds.size();
        kinds.add(inner);
        kinds.add(calleeKind(inner));
        if (isIn(Region.Kind.COMPREHENSION)) {
            kinds.add(Kind.COROUTINE); // for its elements to await
        }
    }

    /** Of the functions that the situation needs. */
    List<Kind> kinds() {
        return new ArrayList<>(kinds);
    }

    private boolean isIn(Region.Kind kind) {
        return cell.region().kind() == kind;
    }

    private Kind hostKind() {
        List<Kind> fitting = new ArrayList<>(cell.construct().kinds());
        if (isIn(Region.Kind.WITH)) {
            fitting.remove(Kind.GENERATOR);
        }
        if (isIn(Region.Kind.GENERATOR_EXPRESSION) && cell.construct() == Cell.Construct.YIELD) {
            return Kind.GENERATOR;
        }
        return fitting.contains(Kind.ASYNC_GENERATOR) && cell.operation().name().startsWith("OPEN_")
                ? Kind.ASYNC_GENERATOR
                : random.pick(fitting);
    }

    private Kind calleeKind(Kind inner) {
        boolean iterates = cell.construct() == Cell.Construct.ASYNC_FOR
                || inner != Kind.GENERATOR && (isIn(Region.Kind.COMPREHENSION) || isIn(Region.Kind.GENERATOR_EXPRESSION));
        return iterates ? Kind.ASYNC_GENERATOR : inner == Kind.GENERATOR ? Kind.GENERATOR : Kind.COROUTINE;
    }

    /** The first statements of the function at {@code place}. */
    List<Stmt> start(Place place) {
        if (place.function() < host) {
            return List.of(new Stmt.Assign(statements.site(), new Expr.Await(host, new Expr.Local())));
        }
        if (place.function() == host) {
            return List.of(inRegion(place));
        }
        boolean iterated = place.function() == host + 1 && place.kind() == Kind.ASYNC_GENERATOR;
        if (!iterated) {
            return List.of();
        }
        Expr first = cell.construct() == Cell.Construct.ASYNC_FOR
                ? new Expr.Request(new Expr.Local(), false)
                : new Expr.Yield(new Expr.Local());
        return List.of(new Stmt.Assign(statements.site(), first));
    }

    private Stmt inRegion(Place place) {
        return switch (cell.region().kind()) {
            case BODY -> inLoop(place);
            case TRY -> statements.attempt(place, List.of(inLoop(place.guarded())));
            case EXCEPT -> except(place);
            case ELSE -> new Stmt.Try(statements.site(), List.of(new Stmt.Log(statements.site(), new Expr.Local())), List.of(handler("E3", place)),
                    List.of(inLoop(place.guarded())), random.chance(50) ? statements.block(place.ending(), 2) : List.of());
            case FINALLY -> ending(place);
            case WITH -> new Stmt.With(statements.site(), random.number(5), List.of(inLoop(place.guarded())));
            case LOOP_ELSE -> new Stmt.Loop(statements.site(), 1 + random.number(2), List.of(new Stmt.Log(statements.site(), new Expr.Local())),
                    List.of(inLoop(place.deeper())));
            case COMPREHENSION -> comprehension(place);
            case GENERATOR_EXPRESSION -> generatorExpression(place);
        };
    }

    private Stmt inLoop(Place place) {
        return cell.region().loop()
                ? new Stmt.Loop(statements.site(), 1 + random.number(3), List.of(construct(place.loop())), List.of())
                : construct(place);
    }

    private Stmt.Handler handler(String exception, Place place) {
        return new Stmt.Handler(statements.site(), exception, List.of(new Stmt.Return(statements.site())));
    }

    private Stmt raise(String exception) {
        return new Stmt.If(statements.site(), new Expr.Local(), 1, 0, List.of(new Stmt.Raise(statements.site(), exception)),
                List.of());
    }

    private Stmt except(Place place) {
        Stmt.Handler handler = new Stmt.Handler(
                statements.site(), random.pick(List.of("E1", "Exception", "BaseException")), List.of(inLoop(place.handler())));
        return new Stmt.Try(statements.site(), List.of(raise(random.pick(List.of("E1", "E2")))), List.of(handler), List.of(),
                random.chance(40) ? statements.block(place.ending(), 2) : List.of());
    }

    /** Reached normally, with an exception, or with a return. */
    private Stmt ending(Place place) {
        Stmt body = switch (random.number(3)) {
            case 0 -> new Stmt.Log(statements.site(), new Expr.Local());
            case 1 -> raise("E1");
            default -> new Stmt.If(statements.site(), new Expr.Local(), 1, 0, List.of(new Stmt.Return(statements.site())), List.of());
        };
        return new Stmt.Try(statements.site(), List.of(body), List.of(), List.of(), List.of(inLoop(place.ending())));
    }

    private Stmt comprehension(Place place) {
        Expr item = new Expr.Item();
        Expr element = cell.construct() == Cell.Construct.ASYNC_FOR ? expressions.element(place) : expression(place, item, host + 2);
        boolean condition = random.chance(40);
        return new Stmt.Comprehension(statements.site(), host + 1, Kind.ASYNC_GENERATOR, expressions.argument(),
                condition ? expressions.element(place) : element, condition ? element : null, 2, random.chance(30));
    }

    private Stmt generatorExpression(Place place) {
        if (place.kind() == Kind.GENERATOR) {
            return new Stmt.Assign(statements.site(),
                    new Expr.YieldFromEach(host + 1, expressions.argument(), 1000, random.number(9)));
        }
        boolean awaits = cell.construct() == Cell.Construct.REQUEST || random.chance(50);
        return new Stmt.Each(statements.site(), host + 1, Kind.ASYNC_GENERATOR, expressions.argument(),
                new Stmt.Filter(1000, awaits), statements.block(place.loop(), 2));
    }

    private Stmt construct(Place place) {
        Expr argument = expressions.argument();
        return switch (cell.construct()) {
            case ASYNC_FOR -> new Stmt.Each(statements.site(), host + 1, Kind.ASYNC_GENERATOR, argument, null,
                    statements.block(place.loop(), 2));
            case ASYNC_WITH -> new Stmt.With(statements.site(), 2 + random.number(2),
                    List.of(new Stmt.Log(statements.site(), new Expr.Local())));
            case RETURN_AWAIT -> new Stmt.If(statements.site(), new Expr.Local(), 1, 0,
                    List.of(new Stmt.TailAwait(statements.site(), host + 1, argument)), List.of());
            default -> assign(place, expression(place, argument, host + 1));
        };
    }

    private Stmt assign(Place place, Expr suspension) {
        Expr value = switch (random.number(4)) {
            case 0 -> new Expr.Call(new Expr.Local(), suspension, expressions.any(place, 1));
            case 1 -> new Expr.Binary('+', new Expr.Local(), suspension);
            default -> suspension;
        };
        return new Stmt.Assign(statements.site(), value);
    }

    private Expr expression(Place place, Expr argument, int callee) {
        return switch (cell.construct()) {
            case YIELD -> new Expr.Yield(argument);
            case YIELD_FROM -> new Expr.YieldFrom(callee, argument);
            case YIELD_FROM_LIST -> new Expr.YieldFromList(argument);
            case YIELD_FROM_EXPRESSION -> new Expr.YieldFromEach(callee, argument, 1000, 2);
            case REQUEST -> new Expr.Request(argument, false);
            case REQUEST_COROUTINE -> new Expr.Request(argument, true);
            case FUTURE -> new Expr.Gate(argument);
            case AWAIT -> new Expr.Await(callee, argument);
            default -> throw new AssertionError(cell + " is no expression at " + place);
        };
    }
}
