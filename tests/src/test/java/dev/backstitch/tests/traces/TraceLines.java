package dev.backstitch.tests.traces;

import dev.backstitch.tests.traces.Rig.Noted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source of a class of programs: what Python calls its functions, and the labels of its lines. */
final class TraceLines {
    private static final Pattern LABEL = Pattern.compile("// (@[\\w-]+)");
    /** Python's names of what Java's exceptions are called. */
    private static final Map<String, String> TYPES = Map.of("IllegalStateException", "RuntimeError");

    private final String type;
    private final List<String> source;

    private TraceLines(String type, List<String> source) {
        this.type = type;
        this.source = source;
    }

    static TraceLines of(Class<?> programs) throws IOException {
        Path file = Path.of("src/test/java", programs.getName().replace('.', '/') + ".java");
        return new TraceLines(programs.getName(), Files.readAllLines(file));
    }

    boolean isProgram(StackTraceElement element) {
        String name = element.getClassName();
        return name.equals(type) || name.startsWith(type + "$");
    }

    /** The type of the exception and its program frames, outermost first, as the golden files have them. */
    String render(Noted noted) {
        String exception = noted.exception().getClass().getSimpleName();
        List<String> frames = new ArrayList<>();
        for (StackTraceElement element : noted.trace()) {
            if (isProgram(element)) {
                frames.add("    " + function(element.getMethodName()) + " " + label(element));
            }
        }
        Collections.reverse(frames);
        StringBuilder shown = new StringBuilder("  " + TYPES.getOrDefault(exception, exception) + "\n");
        for (int i = 0, j; i < frames.size(); i = j) {
            for (j = i; j < frames.size() && frames.get(j).equals(frames.get(i)); ) {
                j++;
            }
            shown.append(frames.get(i)).append(j - i > 1 ? " x" + (j - i) : "").append('\n');
        }
        return shown.toString();
    }

    private String label(StackTraceElement element) {
        int line = element.getLineNumber();
        Matcher label = LABEL.matcher(line > 0 && line <= source.size() ? source.get(line - 1) : "");
        return label.find() ? label.group(1) : "line " + line;
    }

    private static String function(String method) {
        return method.startsWith("lambda$") ? "<lambda>" : snake(method);
    }

    static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
