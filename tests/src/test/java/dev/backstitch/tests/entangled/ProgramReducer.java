package dev.backstitch.tests.entangled;

import dev.backstitch.tests.entangled.Statement.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Leaves out of a program whatever can be left out while it still differs. */
final class ProgramReducer {
    private ProgramReducer() {}

    static EntangledProgram reduce(EntangledProgram program, Predicate<EntangledProgram> differs) {
        EntangledProgram smallest = program;
        for (;;) {
            EntangledProgram smaller = smaller(smallest).filter(differs).findFirst().orElse(null);
            if (smaller == null) {
                return smallest;
            }
            smallest = smaller;
        }
    }

    private static Stream<EntangledProgram> smaller(EntangledProgram program) {
        List<EntangledProgram> programs = new ArrayList<>();
        for (int i = 0; i < program.operations().size(); i++) {
            programs.add(new EntangledProgram(program.kind(), program.scripts(), with(program.operations(), i, null)));
        }
        for (int self = 0; self < program.scripts().size(); self++) {
            List<Statement> script = program.scripts().get(self);
            for (int i = 0; i < script.size(); i++) {
                programs.add(withScript(program, self, with(script, i, null)));
                if (script.get(i).handling() != Handling.PLAIN) {
                    Statement plain = new Statement(Handling.PLAIN, 0, script.get(i).operation());
                    programs.add(withScript(program, self, with(script, i, plain)));
                }
            }
        }
        return programs.stream();
    }

    private static EntangledProgram withScript(EntangledProgram program, int self, List<Statement> script) {
        return new EntangledProgram(program.kind(), with(program.scripts(), self, script), program.operations());
    }

    /** {@code list} with another element at {@code index}; without that element when it is null. */
    private static <T> List<T> with(List<T> list, int index, T element) {
        List<T> changed = new ArrayList<>(list);
        if (element == null) {
            changed.remove(index);
        } else {
            changed.set(index, element);
        }
        return changed;
    }
}
