package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.harness.Loaders;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program of the random ones' form that is written down, and so stays what it is when the generator changes.
 *
 * @param kind of its root, {@code f0}
 * @param operations as {@code fuzz_rig.py} takes them: {@code ('next', 0, 'E1'), …}
 * @param python its functions; a line that can be in a trace ends in a comment, which is its statement's number
 * @param java the same as members of a class, likewise
 */
record WrittenProgram(Program.Kind kind, String operations, String python, String java) {
    private static final String CLASS = "Written";
    private static final Pattern OPERATION = Pattern.compile("\\('(\\w+)', (\\d+), '(\\w+)'\\)");
    private static final Pattern SITE = Pattern.compile("(?://|#) (\\d+)$");

    /** What CPython does. */
    String onPython(PythonRuns runs) throws IOException {
        String source = python + "KIND = '" + kind + "'\nROOT = f0\nOPERATIONS = [" + operations + "]\n";
        return String.join("\n", runs.run(0, source, sitesOf(source)).events());
    }

    /** What the rewritten Java does. */
    String rewritten() {
        String source = JavaWriter.HEAD + "public final class " + CLASS + " {\n" + java + "}\n";
        String name = JavaWriter.PACKAGE + "." + CLASS;
        Map<String, byte[]> classFiles = new LinkedHashMap<>(InMemoryCompiler.compile(Map.of(name, source)));
        classFiles.putAll(Loaders.classFilesOf(FuzzDriver.class));
        classFiles.putAll(Loaders.classFilesOf(FuzzResource.class));
        ClassLoader loader = Loaders.rewritten(classFiles);
        try {
            Object root = Class.forName(name, true, loader).getMethod("root").invoke(null);
            FuzzRig.reset();
            Class.forName(FuzzDriver.class.getName(), true, loader)
                    .getMethod("drive", Object.class, List.class, Function.class)
                    .invoke(null, root, parsed(), frames(name, sitesOf(source)));
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return String.join("\n", FuzzRig.events());
    }

    private List<Operation> parsed() {
        List<Operation> all = new ArrayList<>();
        for (Matcher m = OPERATION.matcher(operations); m.find(); ) {
            all.add(new Operation(
                    Operation.Verb.valueOf(m.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(m.group(2)), m.group(3)));
        }
        return all;
    }

    private static List<Integer> sitesOf(String source) {
        return source.lines().map(line -> {
            Matcher m = SITE.matcher(line);
            return m.find() ? Integer.valueOf(m.group(1)) : 0;
        }).toList();
    }

    private static Function<Throwable, String> frames(String outer, List<Integer> sites) {
        return exception -> {
            List<String> frames = new ArrayList<>();
            for (StackTraceElement element : exception.getStackTrace()) {
                if (element.getClassName().startsWith(outer)) {
                    String method = element.getMethodName();
                    frames.add((method.startsWith("lambda$") ? "f0" : method) + ":" + sites.get(element.getLineNumber() - 1));
                }
            }
            Collections.reverse(frames);
            return frames.isEmpty() ? "" : frames.stream().collect(Collectors.joining(",", " at ", ""));
        };
    }
}
