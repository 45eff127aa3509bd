package dev.backstitch.tests.robustness;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.tests.harness.ChildFirstLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.objectweb.asm.ClassReader;

/**
 * Has classes rewritten and says what was wrong with that. A class is either refused, with a code, or woven so that the
 * JVM's verifier accepts it as it accepted the original. Nothing is thrown, nothing of the input is changed. An error of
 * the engine's own ({@code BST-901}) is one, whatever the input: what the JVM would refuse has codes of its own. No class
 * takes more than a limit of time.
 */
final class Judge {
    /** Of the processor's time, not the clock's: a machine with other work to do is not the engine's fault. */
    static final int LIMIT_SECONDS = 20;

    private static final String VERIFIED = "woven and verified";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Weaver weaver = new Weaver();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private int count;
    private String slowest = "";
    private long mostNanos;
    /** What is being judged, for whoever watches that it ends. */
    private volatile String current;
    private volatile long startedAt;

    /** Judges what becomes of a class made by hand. */
    void judge(Hostile made) {
        Map<String, Integer> before = Map.copyOf(verdicts);
        int failed = failures.size();
        judge(made.name(), made.made().get(), Map.of());
        String verdict = verdicts.keySet().stream()
                .filter(v -> !verdicts.get(v).equals(before.get(v)))
                .findFirst()
                .orElse("nothing");
        boolean asExpected = switch (made.expected()) {
            case WOVEN -> verdict.equals(VERIFIED);
            case REFUSED -> verdict.startsWith("refused");
            case UNREADABLE -> verdict.equals("refused BST-303");
            case EITHER -> true;
        };
        if (!asExpected && failures.size() == failed) {
            fail(made.name(), "expected to be " + made.expected() + ", but", verdict);
        }
    }

    /**
     * Judges what becomes of {@code classFile}.
     *
     * @param what names it in a failure
     * @param companions the classes it was compiled with, by internal name
     */
    void judge(String what, byte[] classFile, Map<String, byte[]> companions) {
        count++;
        byte[] copy = classFile.clone();
        WeaveResult result;
        begin(what);
        try {
            ClassSource own = companions::get;
            result = weaver.weave(classFile, TypeHierarchy.of(own.or(ClassSource.ofLoader(getClass().getClassLoader()))));
        } catch (Throwable t) {
            StringWriter trace = new StringWriter();
            t.printStackTrace(new PrintWriter(trace));
            fail(what, "thrown", trace.toString().lines().limit(12).toList().toString());
            return;
        } finally {
            end(what);
        }
        if (!Arrays.equals(copy, classFile)) {
            fail(what, "the input was changed", "");
        }
        switch (result.outcome()) {
            case WOVEN -> woven(what, classFile, companions, result);
            case REFUSED -> refused(what, classFile, result);
            case UNTOUCHED -> verdicts.merge("untouched", 1, Integer::sum);
        }
        if (result.outcome() != Outcome.WOVEN && (result.classFile() != classFile || !result.frames().isEmpty())) {
            fail(what, "not left as it was", "");
        }
    }

    private void begin(String what) {
        startedAt = THREADS.getCurrentThreadCpuTime();
        current = what;
    }

    private void end(String what) {
        long nanos = THREADS.getCurrentThreadCpuTime() - startedAt;
        current = null;
        if (nanos > mostNanos) {
            mostNanos = nanos;
            slowest = what;
        }
        if (nanos > LIMIT_SECONDS * 1_000_000_000L) {
            fail(what, "took more than " + LIMIT_SECONDS + " s:", nanos / 1_000_000 + " ms");
        }
    }

    /** Ends this JVM with a message when a class that {@code judge}, a thread, judges takes several times the limit. */
    void watch(Thread judge) {
        Thread watcher = new Thread(() -> {
            for (;;) {
                String what = current;
                long nanos = THREADS.getThreadCpuTime(judge.getId()) - startedAt;
                if (what != null && nanos > 3 * LIMIT_SECONDS * 1_000_000_000L && what.equals(current)) {
                    System.out.println(what + ": is not done after " + nanos / 1_000_000 + " ms: "
                            + Arrays.toString(judge.getStackTrace()));
                    Runtime.getRuntime().halt(3);
                }
                LockSupport.parkNanos(1_000_000_000L);
            }
        }, "watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void refused(String what, byte[] classFile, WeaveResult result) {
        Diagnostic first = result.diagnostics().stream().filter(Diagnostic::isError).findFirst().orElse(null);
        if (first == null) {
            fail(what, "refused without a code", "");
        } else if (first.code() == DiagnosticCode.INTERNAL) {
            boolean sound = problem(nameOf(classFile), loader(Map.of(), Map.of(nameOf(classFile), classFile))) == null;
            fail(what, sound ? "internal error" : "internal error on a class the JVM refuses",
                    first.detail().lines().limit(14).toList().toString());
        } else {
            verdicts.merge("refused " + first.code().id(), 1, Integer::sum);
        }
    }

    private void woven(String what, byte[] classFile, Map<String, byte[]> companions, WeaveResult result) {
        String name = nameOf(classFile);
        if (problem(name, loader(companions, Map.of(name, classFile))) != null) {
            verdicts.merge("woven, though the JVM refuses the original too", 1, Integer::sum);
            return;
        }
        Map<String, byte[]> all = new HashMap<>(result.frames());
        all.put(name, result.classFile());
        ClassLoader loader = loader(companions, all);
        for (String made : all.keySet()) {
            String problem = problem(made, loader);
            if (problem != null && problem.startsWith(NoClassDefFoundError.class.getName())) {
                // The JVM looks up some classes only when something else needs them.
                verdicts.merge("woven, and names a class that is not there", 1, Integer::sum);
                return;
            }
            if (problem != null) {
                fail(what, "the JVM refuses " + made, problem);
                return;
            }
        }
        verdicts.merge(VERIFIED, 1, Integer::sum);
    }

    /** What the JVM has against a class; null if it links it. */
    private static String problem(String name, ClassLoader loader) {
        try {
            // Asking for its members links a class, and so verifies it, but runs nothing of it.
            Class<?> type = Class.forName(name.replace('/', '.'), false, loader);
            if (type.isInterface()) {
                type.getDeclaredMethods();
            } else {
                type.getDeclaredConstructors();
            }
            return null;
        } catch (LinkageError | ClassNotFoundException | RuntimeException e) {
            return e.toString();
        }
    }

    private static ClassLoader loader(Map<String, byte[]> companions, Map<String, byte[]> classes) {
        Map<String, byte[]> all = new HashMap<>(companions);
        all.putAll(classes);
        return new ChildFirstLoader(all);
    }

    private static String nameOf(byte[] classFile) {
        try {
            return new ClassReader(classFile).getClassName();
        } catch (RuntimeException e) {
            return "?";
        }
    }

    private void fail(String what, String how, String detail) {
        failures.add(what + ": " + how + " " + detail);
    }

    /** What was wrong; empty if nothing was. */
    List<String> failures() {
        return failures;
    }

    /** How many classes became what. */
    Map<String, Integer> verdicts() {
        return verdicts;
    }

    /** The class that the engine took longest for. */
    String slowest() {
        return slowest;
    }

    /** How long that was, of processor time. */
    long mostMillis() {
        return mostNanos / 1_000_000;
    }

    /** How many classes were judged. */
    int count() {
        return count;
    }
}
