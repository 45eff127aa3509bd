package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Form;
import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import dev.backstitch.tests.fuzz.Program.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the program of a seed: the grammar of SEMANTICS section 3. A function calls later ones only and loops turn at most
 * three times, so every program ends. A jump (break, return, raise) stands under a condition: javac refuses unreachable
 * code. Bodies suspend before they jump, or most runs would end at once. Two of three programs begin with a situation of
 * {@link Cell}, one after the other; chance alone would leave many of these out.
 */
final class ProgramGenerator {
    private final Choices random;
    private final Expressions expressions;
    private final Statements statements;
    private final Operations operations;
    private final long seed;
    private final boolean hot;

    private ProgramGenerator(long seed, boolean hot) {
        this.seed = seed;
        this.hot = hot;
        random = new Choices(seed);
        expressions = new Expressions(random, hot);
        statements = new Statements(random, expressions, hot);
        operations = new Operations(random);
    }

    /** The program of {@code seed}, for CPython and for Java. */
    static Program make(long seed) {
        ProgramGenerator generator = new ProgramGenerator(seed, false);
        return seed % 3 == 0
                ? generator.program()
                : generator.directed(Cell.REACHABLE.get((int) ((seed - seed / 3 - 1) % Cell.REACHABLE.size())));
    }

    /** Another program of {@code seed}, which has coroutines that run by themselves: for Java only. */
    static Program makeHot(long seed) {
        return new ProgramGenerator(seed, true).program();
    }

    private Program program() {
        int count = 2 + random.number(4);
        Kind root = hot ? random.pick(List.of(Kind.COROUTINE, Kind.ASYNC_GENERATOR)) : random.pick(List.of(Kind.values()));
        List<Kind> kinds = new ArrayList<>(List.of(root));
        for (int i = 1; i < count; i++) {
            kinds.add(root == Kind.GENERATOR && random.chance(85) ? Kind.GENERATOR : random.pick(List.of(Kind.values())));
        }
        expressions.kinds(kinds);
        List<Function> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            functions.add(function(Place.at(i, kinds.get(i)), List.of()));
        }
        return new Program(seed, functions, operations.make(root));
    }

    /** A program whose first suspension is that of {@code cell}, and whose second operation is that of it. */
    private Program directed(Cell cell) {
        Situation situation = new Situation(cell, random, expressions, statements);
        List<Kind> kinds = situation.kinds();
        for (int i = random.number(2); i > 0; i--) {
            kinds.add(random.pick(kinds));
        }
        expressions.kinds(kinds);
        List<Function> functions = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            Place place = Place.at(i, kinds.get(i));
            functions.add(function(place, situation.start(place)));
        }
        return new Program(seed, functions, operations.make(kinds.get(0), cell.operation()));
    }

    private Function function(Place place, List<Stmt> start) {
        List<Stmt> body = new ArrayList<>(start);
        boolean last = place.function() == expressions.functions() - 1;
        statements.budget(3 + random.number(6));
        if (start.isEmpty()) {
            int first = last ? 1 + random.number(2) : 2;
            for (int k = 0; k < first; k++) {
                body.add(new Stmt.Assign(statements.site(), expressions.suspension(place)));
            }
        }
        body.addAll(statements.block(place, 2 + random.number(3)));
        return new Function(place.function(), place.kind(), form(), type(place), body);
    }

    private Form form() {
        return random.chance(60) ? Form.STATIC : random.pick(List.of(Form.values()));
    }

    private Type type(Place place) {
        if (place.function() == 0 || random.chance(55)) {
            return Type.PLAIN;
        }
        return place.kind() == Kind.GENERATOR
                ? random.pick(List.of(Type.ITERATOR, Type.ITERABLE, Type.OF_INT))
                : place.kind() == Kind.COROUTINE && hot ? random.pick(List.of(Type.FUTURE, Type.STAGE)) : Type.PLAIN;
    }
}
