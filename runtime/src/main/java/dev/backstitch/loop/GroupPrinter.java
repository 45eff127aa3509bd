package dev.backstitch.loop;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The text of {@link ExceptionGroup#printStackTrace()}: Python's picture of a group around traces in Java's form.
 *
 * <pre>
 * dev.backstitch.loop.ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
 * 	at Shop.main(Shop.java:17)
 *   +-+---------------- 1: Task-2 ----------------
 *     | java.lang.IllegalArgumentException: no price
 *     | 	at Shop.price(Shop.java:5)
 *     +---------------- 2: cleaner ----------------
 *     | java.io.IOException: disk full
 *     | 	at Shop.clean(Shop.java:9)
 *     +------------------------------------
 * </pre>
 */
final class GroupPrinter {
    /** As in Python: how many members of a group, and how many groups in groups, are shown. */
    private static final int MAX_WIDTH = 15;
    private static final int MAX_DEPTH = 10;
    private static final String RULE = "----------------";

    private final StringBuilder out = new StringBuilder();
    /** The groups that are being printed, or have been. */
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private GroupPrinter() {}

    static String print(ExceptionGroup group) {
        var printer = new GroupPrinter();
        printer.group(group, "", "", "  ", 0);
        return printer.out.toString();
    }

    /**
     * Prints {@code group} and what is in it.
     *
     * @param caption stands before its name
     * @param prefix of its own lines
     * @param indent of the lines that show its members
     */
    private void group(ExceptionGroup group, String caption, String prefix, String indent, int depth) {
        if (!seen.add(group)) {
            line(prefix, caption + "[CIRCULAR REFERENCE: " + group + "]");
            return;
        }
        line(prefix, caption + group);
        for (StackTraceElement element : group.getStackTrace()) {
            line(prefix, "\tat " + element);
        }
        if (depth == MAX_DEPTH) {
            line(prefix, "... (groups in more than " + MAX_DEPTH + " groups are not shown)");
        } else {
            members(group, indent, depth);
        }
        for (Throwable suppressed : group.suppressedOthers()) {
            other(suppressed, "Suppressed: ", prefix + "\t", indent, depth);
        }
        if (group.getCause() != null) {
            other(group.getCause(), "Caused by: ", prefix, indent, depth);
        }
    }

    private void members(ExceptionGroup group, String indent, int depth) {
        String inner = indent + "  ";
        int count = group.exceptions().size();
        int shown = Math.min(count, MAX_WIDTH);
        boolean closed = false;
        for (int i = 0; i < shown; i++) {
            String task = group.taskName(i);
            String title = " " + (i + 1) + (task == null ? "" : ": " + task) + " ";
            line(i == 0 ? indent + "+-+" : inner + "+", RULE + title + RULE);
            Throwable member = group.exceptions().get(i);
            other(member, "", inner + "| ", inner, depth + 1);
            closed = member instanceof ExceptionGroup nested && nested.getCause() == null && depth + 1 < MAX_DEPTH;
        }
        if (shown < count) {
            line(inner + "+", RULE + " ... " + RULE);
            line(inner + "| ", "and " + (count - shown) + " more");
            closed = false;
        }
        if (!closed) {
            line(inner + "+", RULE + RULE + "----");
        }
    }

    private void other(Throwable exception, String caption, String prefix, String indent, int depth) {
        if (exception instanceof ExceptionGroup group) {
            group(group, caption, prefix, indent, depth);
            return;
        }
        var text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        String[] lines = text.toString().split("\\R");
        for (int i = 0; i < lines.length; i++) {
            line(prefix, (i == 0 ? caption : "") + lines[i]);
        }
    }

    private void line(String prefix, String text) {
        out.append(prefix).append(text).append(System.lineSeparator());
    }
}
