package dev.backstitch.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.backstitch.engine.WeaveResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.JSRInlinerAdapter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * One target, compiled one way: rewritten, verified, and each of its cases run rewritten and on the reference, under
 * every script.
 */
public final class TargetRun {
    /**
     * By target and case: what the reference does, which takes most of the time. It does the same however the target is
     * compiled; where the rewritten case does otherwise, its own class files are asked again.
     */
    private static final Map<String, OnReference> ON_REFERENCE = new ConcurrentHashMap<>();

    /**
     * What a case does on the reference.
     *
     * @param plain its events when all is ready
     * @param awaitables how many it awaits then
     * @param suspensions how often it is suspended when all is pending
     * @param events by script, as far as they have been asked for
     */
    private record OnReference(
            List<String> plain, int awaitables, int suspensions, Map<Script, List<String>> events) {}

    private final String target;
    private final TargetSource source;
    private final Map<String, byte[]> originals;
    private final WeavingLoader woven;
    private ReferenceLoader reference;

    /**
     * @param target the name of the target's outer class; no other target has it
     * @param source its source, for the assertions in it; null for class files without
     * @param classFiles by internal name
     */
    public TargetRun(String target, TargetSource source, Map<String, byte[]> classFiles) {
        this.target = target;
        this.source = source;
        originals = classFiles;
        woven = WeavingLoader.of(classFiles);
    }

    private ReferenceLoader reference() {
        if (reference == null) {
            reference = ReferenceLoader.of(originals);
        }
        return reference;
    }

    /** The target as {@code variant} compiles it. */
    public static TargetRun of(String target, TargetSource source, Variant variant) {
        return new TargetRun(target, source, variant.compile(target, source.path()));
    }

    /** The target as the build compiled it. */
    public static TargetRun of(Class<?> target) {
        return new TargetRun(target.getName(), TargetSource.of(target), ClassFiles.ofClassPath(target));
    }

    /** A check to run, with its name. */
    public record Check(String name, Executable body) {}

    /** The verification, then every case. */
    public Stream<Check> checks() {
        return Stream.concat(Stream.of(new Check("verifies", this::verify)), cases().map(this::check));
    }

    private Stream<String> cases() {
        try {
            return Arrays.stream(Class.forName(target, false, woven).getDeclaredMethods())
                    .filter(m -> m.isAnnotationPresent(HardCase.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .map(Method::getName);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private Check check(String name) {
        return new Check(name, () -> runAll(name));
    }

    /** Nothing was refused, every class passes ASM's verifier and the JVM's. */
    private void verify() throws ClassNotFoundException {
        woven.results().forEach((name, result) -> assertFalse(
                result.outcome() == WeaveResult.Outcome.REFUSED, () -> name + " was refused: " + result.diagnostics()));
        woven.classFiles().forEach(this::verify);
        woven.classFiles().forEach(this::verifyReducible);
        woven.initializeAll();
    }

    private void verify(String name, byte[] bytes) {
        StringWriter problems = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(bytes), woven, false, new PrintWriter(problems));
        if (problems.getBuffer().length() > 0) {
            fail(name + "\n" + problems);
        }
    }

    /** No loop of a rewritten method has two entries, unless it had them before. */
    private void verifyReducible(String name, byte[] bytes) {
        WeaveResult result = woven.results().get(name);
        if (result == null || result.outcome() != WeaveResult.Outcome.WOVEN) {
            return; // a frame, or as it was
        }
        Set<String> irreducible = new HashSet<>(irreducible(originals.get(name)));
        assertEquals(
                List.of(),
                irreducible(bytes).stream().filter(method -> !irreducible.contains(method)).toList(),
                () -> name + " has loops with two entries");
    }

    private static List<String> irreducible(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9, type) {
            @Override
            public MethodVisitor visitMethod(int access, String method, String desc, String signature, String[] ex) {
                return new JSRInlinerAdapter(
                        super.visitMethod(access, method, desc, signature, ex), access, method, desc, signature, ex);
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return type.methods.stream().filter(m -> !Reducibility.isReducible(m)).map(m -> m.name).toList();
    }

    private void runAll(String name) throws ReflectiveOperationException {
        if (!markOf(name).reference()) {
            List<String> events = run(woven, name, Script.plain());
            assertTrue(source == null || checkLogs(name, events), () -> "nothing asserted about " + name);
            return;
        }
        OnReference known = ON_REFERENCE.get(target + "." + name);
        if (known == null) {
            List<String> plain = run(reference(), name, Script.plain());
            int awaitables = Probe.laters();
            int suspensions = suspensions(run(reference(), name, Script.allPending()));
            known = new OnReference(plain, awaitables, suspensions, new ConcurrentHashMap<>());
            ON_REFERENCE.put(target + "." + name, known);
        }
        checkLogs(name, known.plain);
        for (Script script : Script.all(known.awaitables, known.suspensions)) {
            List<String> actual = run(woven, name, script);
            if (!actual.equals(known.events.get(script))) {
                List<String> expected = run(reference(), name, script);
                assertEquals(lines(expected), lines(actual), () -> target + "." + name + " " + script);
                known.events.put(script, expected);
            }
        }
    }

    private static int suspensions(List<String> events) {
        return (int) events.stream()
                .filter(e -> e.startsWith("yielded ") || e.contains("suspended on") || e.startsWith("next "))
                .count();
    }

    private static String lines(List<String> events) {
        return String.join("\n", events);
    }

    /** Runs the method that stands for the case {@code name} in {@code shared}. */
    private List<String> run(ChildFirstLoader shared, String name, Script script) throws ReflectiveOperationException {
        HardCase mark = markOf(name);
        ClassLoader loader = mark.fresh() ? shared.copy() : shared;
        String run = shared instanceof ReferenceLoader && !mark.twin().isEmpty() ? mark.twin() : name;
        Method method = Class.forName(target, true, loader).getDeclaredMethod(run);
        method.setAccessible(true);
        Method driver = Class.forName(Drivers.class.getName(), true, loader)
                .getMethod("run", Method.class, Script.class);
        Probe.reset(script.pattern());
        driver.invoke(null, method, script);
        return Probe.events();
    }

    private HardCase markOf(String name) throws ReflectiveOperationException {
        return Class.forName(target, false, woven).getDeclaredMethod(name).getAnnotation(HardCase.class);
    }

    /** Whether there was something to check. */
    private boolean checkLogs(String name, List<String> plain) {
        if (source == null) {
            return false;
        }
        int line = source.lineOf(name);
        List<TargetSource.Assertion> assertions = source.assertions().stream()
                .filter(a -> a.line() == line && a.name().equals("logs"))
                .toList();
        assertions.forEach(a -> assertEquals(a.argument(), String.join(", ", plain), target + "." + name));
        return !assertions.isEmpty();
    }
}
