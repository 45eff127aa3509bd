package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program that shows something smaller, as long as it still shows it: delta debugging by statements. */
final class Reducer {
    private final Predicate<Program> shows;

    private Reducer(Predicate<Program> shows) {
        this.shows = shows;
    }

    /** @param shows false, too, for what is no program any more */
    static Program reduce(Program program, Predicate<Program> shows) {
        Reducer reducer = new Reducer(shows);
        Program smallest = program;
        for (Program smaller = reducer.smaller(smallest); smaller != null; smaller = reducer.smaller(smallest)) {
            smallest = smaller;
        }
        return smallest;
    }

    /** The first program that is one step smaller and shows it; null if none does. */
    private Program smaller(Program program) {
        List<Operation> operations = program.operations();
        for (int i = operations.size() - 1; i > 0; i--) {
            Program candidate = new Program(program.seed(), program.functions(), without(operations, i));
            if (shows.test(candidate)) {
                return candidate;
            }
        }
        for (int f = 0; f < program.functions().size(); f++) {
            Function function = program.functions().get(f);
            if (function.form() != Program.Form.STATIC) {
                List<Function> functions = new ArrayList<>(program.functions());
                functions.set(f, function.plain());
                Program candidate = new Program(program.seed(), functions, operations);
                if (shows.test(candidate)) {
                    return candidate;
                }
            }
            for (List<Stmt> body : smaller(function.body())) {
                List<Function> functions = new ArrayList<>(program.functions());
                functions.set(f, function.with(body));
                Program candidate = new Program(program.seed(), functions, operations);
                if (shows.test(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /** {@code block} with a statement less, or one replaced by what it consists of, at any depth. */
    private static List<List<Stmt>> smaller(List<Stmt> block) {
        List<List<Stmt>> candidates = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            candidates.add(without(block, i));
        }
        for (int i = 0; i < block.size(); i++) {
            Stmt statement = block.get(i);
            List<List<Stmt>> parts = statement.blocks();
            for (int b = 0; b < parts.size(); b++) {
                List<Stmt> unwrapped = without(block, i);
                unwrapped.addAll(i, parts.get(b));
                candidates.add(unwrapped);
                for (List<Stmt> part : smaller(parts.get(b))) {
                    List<List<Stmt>> changed = new ArrayList<>(parts);
                    changed.set(b, part);
                    List<Stmt> candidate = new ArrayList<>(block);
                    candidate.set(i, statement.with(changed));
                    candidates.add(candidate);
                }
            }
        }
        return candidates;
    }

    private static <T> List<T> without(List<T> list, int i) {
        List<T> shorter = new ArrayList<>(list);
        shorter.remove(i);
        return shorter;
    }
}
