package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Python's {@code except*}: hands the parts of what was thrown to handlers, and puts together what is to be thrown on. */
final class ExceptStar {
    private ExceptStar() {}

    /** What is to be thrown after {@code clauses} have handled {@code thrown}; null when nothing is left. */
    static Throwable handle(Throwable thrown, ExceptionGroup.Clause[] clauses) {
        return thrown instanceof ExceptionGroup group ? handleGroup(group, clauses) : handleNaked(thrown, clauses);
    }

    private static Throwable handleNaked(Throwable thrown, ExceptionGroup.Clause[] clauses) {
        for (ExceptionGroup.Clause clause : clauses) {
            if (clause.matches(thrown)) {
                return run(clause, new ExceptionGroup("", List.of(thrown)));
            }
        }
        return thrown;
    }

    private static Throwable handleGroup(ExceptionGroup thrown, ExceptionGroup.Clause[] clauses) {
        ExceptionGroup left = thrown;
        List<Throwable> raised = new ArrayList<>();
        Set<Throwable> reraised = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ExceptionGroup.Clause clause : clauses) {
            if (left == null) {
                break;
            }
            ExceptionGroup.Split split = left.split(clause::matches);
            if (split.match() == null) {
                continue;
            }
            left = split.rest();
            Throwable out = run(clause, split.match());
            if (out instanceof ExceptionGroup part && part.isPartOf(thrown)) {
                reraised.addAll(part.leaves());
            } else if (out != null) {
                raised.add(out);
            }
        }
        if (left != null) {
            reraised.addAll(left.leaves());
        }
        // The parts that go on stand where they stood: in one group, of the structure that was thrown.
        Throwable together = reraised.isEmpty() || left == thrown ? left : thrown.subgroup(reraised::contains);
        if (raised.isEmpty()) {
            return together;
        }
        if (together != null) {
            raised.add(together);
        }
        return raised.size() == 1 ? raised.get(0) : new ExceptionGroup("", raised);
    }

    private static Throwable run(ExceptionGroup.Clause clause, ExceptionGroup part) {
        try {
            clause.handler.handle(part);
            return null;
        } catch (Throwable t) {
            return t;
        }
    }
}
