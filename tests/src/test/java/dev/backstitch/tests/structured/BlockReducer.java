package dev.backstitch.tests.structured;

import static dev.backstitch.tests.structured.BlockText.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program that shows something smaller, as long as it still shows it: drops statements and tasks, and unwraps blocks. */
final class BlockReducer {
    private BlockReducer() {}

    static List<Object> reduce(List<Object> program, Predicate<List<Object>> shows) {
        List<Object> smallest = program;
        for (List<Object> next = smaller(smallest, shows); next != null; next = smaller(smallest, shows)) {
            smallest = next;
        }
        return smallest;
    }

    private static List<Object> smaller(List<Object> program, Predicate<List<Object>> shows) {
        return candidates(program).stream().filter(p -> !p.isEmpty() && shows.test(p)).findFirst().orElse(null);
    }

    /**
     * {@code node} with less in it: a list of statements or tasks without one, or with the statements of a block in the place
     * of its statement; at any depth. Other words of a statement stay.
     */
    private static List<List<Object>> candidates(List<Object> node) {
        List<List<Object>> candidates = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            if (!(node.get(i) instanceof List<?>)) {
                continue;
            }
            List<Object> part = list(node.get(i));
            boolean isStatementOrTask = !part.isEmpty() && part.get(0) instanceof String;
            if (isStatementOrTask && !isOnlyTask(node, i)) {
                candidates.add(replaced(node, i, List.of()));
                for (Object inner : part) {
                    if (inner instanceof List<?> block && isBlock(list(block))) {
                        candidates.add(replaced(node, i, list(block)));
                    }
                }
            }
            for (List<Object> smaller : candidates(part)) {
                candidates.add(replaced(node, i, List.of(smaller)));
            }
        }
        return candidates;
    }

    /** Whether node {@code i} is the task that a statement such as {@code (shield 1 (t1 …))} cannot be without. */
    private static boolean isOnlyTask(List<Object> node, int i) {
        return node.get(0) instanceof String && i == 2 && isTask(list(node.get(i)));
    }

    private static boolean isTask(List<Object> node) {
        return node.get(0) instanceof String label && label.matches("t\\d+");
    }

    private static boolean isBlock(List<Object> node) {
        return !node.isEmpty() && node.get(0) instanceof List<?> first && !isTask(list(first));
    }

    private static List<Object> replaced(List<Object> node, int i, List<?> parts) {
        List<Object> replaced = new ArrayList<>(node.subList(0, i));
        replaced.addAll(parts);
        replaced.addAll(node.subList(i + 1, node.size()));
        return replaced;
    }
}
