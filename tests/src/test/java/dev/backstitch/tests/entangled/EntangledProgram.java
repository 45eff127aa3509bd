package dev.backstitch.tests.entangled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Generators, coroutines or asynchronous generators that use one another, and what is done to them from outside. Its text is
 * what both sides read:
 *
 * <pre>
 *   GENERATORS
 *   BODY
 *   SWALLOW 1 DELEGATE 1 None
 *   PLAIN 0 YIELD 7 None
 *   BODY
 *   FINALLY 0 YIELD 3 None
 *   OPERATIONS
 *   NEXT 0 None
 *   SEND 1 4
 * </pre>
 *
 * @param scripts the statements of each body
 */
record EntangledProgram(Kind kind, List<List<Statement>> scripts, List<Operation> operations) {
    enum Kind {
        GENERATORS,
        COROUTINES,
        /** Of which every second one is a coroutine. */
        ASYNC_GENERATORS
    }

    private static final String BODY = "BODY";
    private static final String OPERATIONS = "OPERATIONS";

    static EntangledProgram parse(List<String> lines) {
        List<List<Statement>> scripts = new ArrayList<>();
        int behind = lines.indexOf(OPERATIONS);
        for (String line : lines.subList(1, behind)) {
            if (line.equals(BODY)) {
                scripts.add(new ArrayList<>());
            } else {
                scripts.get(scripts.size() - 1).add(Statement.parse(line));
            }
        }
        List<String> operations = lines.subList(behind + 1, lines.size());
        return new EntangledProgram(Kind.valueOf(lines.get(0)), scripts,
                operations.stream().map(line -> Operation.parse(line.split(" "), 0)).toList());
    }

    static EntangledProgram parse(String text) {
        return parse(Arrays.asList(text.split("\n")));
    }

    /** Its text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind + "\n");
        for (List<Statement> script : scripts) {
            text.append(BODY).append('\n');
            script.forEach(statement -> text.append(statement).append('\n'));
        }
        text.append(OPERATIONS).append('\n');
        operations.forEach(operation -> text.append(operation).append('\n'));
        return text.toString();
    }
}
