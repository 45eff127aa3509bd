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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Runs programs as Java: compiled once, then rewritten or on threads. */
final class JavaRuns {
    private final Map<Program, SourceText> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> classFiles;
    private ClassLoader rewritten;
    private ClassLoader onThreads;

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
        return run(rewrittenLoader(), this::framesOf);
    }

    /** As {@link #rewritten}, of class files that were changed before. */
    Map<Program, String> rewritten(UnaryOperator<Map<String, byte[]>> change) {
        return run(Loaders.rewritten(change.apply(classFiles)), this::framesOf);
    }

    /** The trace of each program, un-rewritten on threads; which of its frames an exception passed, it does not tell. */
    Map<Program, String> onThreads() {
        try {
            return run(threadLoader(), program -> t -> "");
        } finally {
            Loaders.endThreads();
        }
    }

    /**
     * What each program logs when it is run to its end, under each pattern of ready and pending awaits; rewritten.
     *
     * @param bits how many awaitables of a program have a bit of their own, so that there are 2 to that patterns at most
     */
    Map<Program, List<String>> rewrittenPatterns(int bits) {
        return patterns(rewrittenLoader(), bits);
    }

    /** As {@link #rewrittenPatterns}, un-rewritten on threads. */
    Map<Program, List<String>> patternsOnThreads(int bits) {
        try {
            return patterns(threadLoader(), bits);
        } finally {
            Loaders.endThreads();
        }
    }

    private ClassLoader rewrittenLoader() {
        if (rewritten == null) {
            rewritten = Loaders.rewritten(classFiles);
        }
        return rewritten;
    }

    private ClassLoader threadLoader() {
        if (onThreads == null) {
            onThreads = Loaders.onThreads(forThreads());
        }
        return onThreads;
    }

    /** Un-rewritten code is not told which exception it leaves a resource by; these programs say it themselves. */
    private Map<String, byte[]> forThreads() {
        Map<String, String> texts = new LinkedHashMap<>();
        sources.keySet().stream()
                .filter(Program::hasResources)
                .forEach(program -> texts.put(nameOf(program), JavaWriter.writeForThreads(program).toString()));
        if (texts.isEmpty()) {
            return classFiles;
        }
        Map<String, byte[]> all = new LinkedHashMap<>(classFiles);
        all.putAll(InMemoryCompiler.compile(texts));
        return all;
    }

    private Map<Program, List<String>> patterns(ClassLoader loader, int bits) {
        Map<Program, List<String>> logs = new LinkedHashMap<>();
        try {
            Method complete = Class.forName(FuzzDriver.class.getName(), true, loader).getMethod("complete", Object.class);
            for (Program program : sources.keySet()) {
                Method root = Class.forName(nameOf(program), true, loader).getMethod("root");
                List<String> ofProgram = new ArrayList<>();
                int count = 1;
                for (int pattern = 0; pattern < count; pattern++) {
                    FuzzRig.reset(pattern, bits);
                    complete.invoke(null, root.invoke(null));
                    ofProgram.add(String.join("\n", FuzzRig.events()));
                    if (pattern == 0) {
                        count = 1 << Math.min(bits, FuzzRig.awaitables());
                    }
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

    private Map<Program, String> run(ClassLoader loader, Function<Program, Function<Throwable, String>> frames) {
        Map<Program, String> traces = new LinkedHashMap<>();
        try {
            Method drive = Class.forName(FuzzDriver.class.getName(), true, loader)
                    .getMethod("drive", Object.class, List.class, Function.class);
            for (Program program : sources.keySet()) {
                Method root = Class.forName(nameOf(program), true, loader).getMethod("root");
                FuzzRig.reset();
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
