package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.harness.Loaders;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Runs programs as Java: compiled once, then rewritten or on threads. */
final class JavaRuns {
    private final Map<Program, SourceText> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> classFiles;

    private JavaRuns(List<Program> programs) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Program program : programs) {
            SourceText source = JavaWriter.write(program);
            sources.put(program, source);
            texts.put(nameOf(program), source.toString());
        }
        classFiles = InMemoryCompiler.compile(texts);
        classFiles.putAll(Loaders.classFilesOf(FuzzDriver.class));
        classFiles.putAll(Loaders.classFilesOf(FuzzResource.class));
    }

    static JavaRuns of(List<Program> programs) {
        return new JavaRuns(programs);
    }

    private static String nameOf(Program program) {
        return JavaWriter.PACKAGE + "." + JavaWriter.className(program);
    }

    /** The trace of each program, rewritten. */
    Map<Program, String> rewritten() {
        return run(Loaders.rewritten(classFiles), program -> true, this::framesOf);
    }

    /** As {@link #rewritten}, of class files that were changed before. */
    Map<Program, String> rewritten(UnaryOperator<Map<String, byte[]>> change) {
        return run(Loaders.rewritten(change.apply(classFiles)), program -> true, this::framesOf);
    }

    /** The trace of each program, on threads; those that the twins cannot run are left out. */
    Map<Program, String> onThreads() {
        return run(Loaders.onThreads(classFiles), Program::isForThreads, program -> t -> "");
    }

    /** What each program logs when it is run to its end, under each pattern of ready and pending awaits; rewritten. */
    Map<Program, List<String>> rewrittenPatterns() {
        return patterns(Loaders.rewritten(classFiles));
    }

    /** As {@link #rewrittenPatterns}, on threads; those that the twins cannot run are left out. */
    Map<Program, List<String>> patternsOnThreads() {
        return patterns(Loaders.onThreads(classFiles));
    }

    private Map<Program, List<String>> patterns(ClassLoader loader) {
        Map<Program, List<String>> logs = new LinkedHashMap<>();
        try {
            Method complete = Class.forName(FuzzDriver.class.getName(), true, loader).getMethod("complete", Object.class);
            for (Program program : sources.keySet().stream().filter(Program::isForThreads).toList()) {
                Method root = Class.forName(nameOf(program), true, loader).getMethod("root");
                List<String> ofProgram = new ArrayList<>();
                for (int pattern = 0; pattern < 1 << FuzzRig.PATTERN_BITS; pattern++) {
                    FuzzRig.reset(pattern);
                    complete.invoke(null, root.invoke(null));
                    ofProgram.add(String.join("\n", FuzzRig.events()));
                }
                logs.put(program, ofProgram);
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return logs;
    }

    private Map<Program, String> run(
            ClassLoader loader, Predicate<Program> included, Function<Program, Function<Throwable, String>> frames) {
        Map<Program, String> traces = new LinkedHashMap<>();
        try {
            Method drive = Class.forName(FuzzDriver.class.getName(), true, loader)
                    .getMethod("drive", Object.class, List.class, Function.class);
            for (Program program : sources.keySet().stream().filter(included).toList()) {
                Method root = Class.forName(nameOf(program), true, loader).getMethod("root");
                FuzzRig.reset(-1);
                drive.invoke(null, root.invoke(null), program.operations(), frames.apply(program));
                traces.put(program, String.join("\n", FuzzRig.events()));
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return traces;
    }

    private Function<Throwable, String> framesOf(Program program) {
        String outer = nameOf(program);
        SourceText source = sources.get(program);
        return exception -> {
            List<String> frames = new ArrayList<>();
            for (StackTraceElement element : exception.getStackTrace()) {
                if (element.getClassName().startsWith(outer)) {
                    frames.add(nameOf(element, source) + ":" + source.siteOf(element.getLineNumber()));
                }
            }
            Collections.reverse(frames);
            return frames.isEmpty() ? "" : " at " + frames.stream().collect(Collectors.joining(","));
        };
    }

    /** What CPython calls the function of {@code element}. */
    private static String nameOf(StackTraceElement element, SourceText source) {
        String method = element.getMethodName();
        return method.startsWith("genexpr") ? "<genexpr>" : method.startsWith("lambda$") ? source.ownerOf(element.getLineNumber()) : method;
    }
}
