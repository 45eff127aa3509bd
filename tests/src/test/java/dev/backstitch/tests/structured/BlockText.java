package dev.backstitch.tests.structured;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The prefix form in which programs of {@code record_blocks.py} are written: lists of lists and of words. */
final class BlockText {
    private BlockText() {}

    static List<Object> parse(String text) {
        Deque<List<Object>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
        for (String token : text.replace("(", " ( ").replace(")", " ) ").trim().split("\\s+")) {
            if (token.equals("(")) {
                List<Object> inner = new ArrayList<>();
                open.element().add(inner);
                open.push(inner);
            } else if (token.equals(")")) {
                open.pop();
            } else {
                open.element().add(token);
            }
        }
        return list(open.element().get(0));
    }

    static String write(Object node) {
        return node instanceof List<?> parts
                ? parts.stream().map(BlockText::write).collect(Collectors.joining(" ", "(", ")"))
                : node.toString();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object node) {
        return (List<Object>) node;
    }

    static int number(Object node) {
        return Integer.parseInt((String) node);
    }
}
