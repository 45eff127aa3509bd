package dev.backstitch.examples.crawler;

import java.util.ArrayList;
import java.util.List;

/**
 * A trace without the JDK's own frames. What Backstitch leaves is the program's: each waiting method at the line where it
 * waits. But an exception that was made in the HTTP client's threads begins with a page of their frames.
 */
final class TraceText {
    private TraceText() {}

    static List<String> lines(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add(failure.toString());
        int hidden = 0;
        for (StackTraceElement e : failure.getStackTrace()) {
            if (isJdk(e.getClassName())) {
                hidden++;
                continue;
            }
            addHidden(lines, hidden);
            hidden = 0;
            lines.add("    at " + e);
        }
        addHidden(lines, hidden);
        return lines;
    }

    private static void addHidden(List<String> lines, int hidden) {
        if (hidden > 0) {
            lines.add("    ... " + hidden + " of the JDK");
        }
    }

    private static boolean isJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }
}
