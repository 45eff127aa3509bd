package dev.backstitch.agent;

import dev.backstitch.engine.model.RuntimeSymbols;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.WeakHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Whether the runtime that a loader finds is one that our rewritten classes go with. Thread-safe; loads no class. */
final class RuntimeVersions {
    private final Map<ClassLoader, String> problems = new WeakHashMap<>();

    /** What is wrong with the runtime of {@code loader}, in a phrase; null if nothing is, or it finds none. */
    String problem(ClassLoader loader) {
        synchronized (problems) {
            String known = problems.get(loader);
            if (known != null) {
                return known.isEmpty() ? null : known;
            }
        }
        String problem = look(loader);
        synchronized (problems) {
            problems.put(loader, problem == null ? "" : problem);
        }
        return problem;
    }

    private static String look(ClassLoader loader) {
        try (InputStream abi = loader.getResourceAsStream(RuntimeSymbols.ABI_CLASS + ".class");
                InputStream frame = loader.getResourceAsStream(RuntimeSymbols.FRAME + ".class")) {
            if (abi == null) {
                // Without any runtime, defining a frame will fail and tell.
                return frame == null ? null : "the runtime is older than version 1 of what they agree on";
            }
            Object found = constantIn(abi.readAllBytes());
            return Integer.valueOf(RuntimeSymbols.ABI).equals(found)
                    ? null
                    : "the runtime is of version " + found + " of what they agree on, and the agent of version "
                            + RuntimeSymbols.ABI;
        } catch (IOException e) {
            return null; // it will be read again when the class is loaded, which then fails with a better message
        }
    }

    private static Object constantIn(byte[] classFile) {
        Object[] found = new Object[1];
        new ClassReader(classFile).accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(int access, String name, String desc, String signature, Object value) {
                        if (name.equals(RuntimeSymbols.ABI_FIELD)) {
                            found[0] = value;
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        return found[0];
    }
}
