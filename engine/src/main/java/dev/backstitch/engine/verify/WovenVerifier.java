package dev.backstitch.engine.verify;

import dev.backstitch.engine.flow.Complexity;
import dev.backstitch.engine.flow.TypedFrames;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicVerifier;

/**
 * A last look at what was written, before anybody loads it: every method is read back and simulated, kinds and
 * stack heights checked. References are not held against a hierarchy: that is the JVM's part, and it needs classes.
 */
public final class WovenVerifier {
    private WovenVerifier() {}

    /**
     * Checks the class file {@code bytes}, written by somebody else, and its stack maps.
     *
     * @throws AnalyzerException naming the instruction that is wrong; other exceptions if it makes no sense at all
     */
    public static void verifyForeign(byte[] bytes) throws AnalyzerException {
        ClassNode type = new ClassNode(Opcodes.ASM9);
        ClassReader reader = new ClassReader(bytes);
        reader.accept(type, ClassReader.EXPAND_FRAMES);
        NameCheck.check(type);
        verify(copyOf(type, reader));
        for (MethodNode method : type.methods) {
            boolean hasMaps = (type.version & 0xffff) > Opcodes.V1_6;
            if (hasMaps && method.instructions.size() > 0 && Complexity.problemOfRewritten(method) == null) {
                StackMapCheck.check(type.name, method);
                TypedFrames.of(type.name, method);
            }
        }
    }

    /** ASM reads names and constants that are missing, and cannot write them. */
    private static byte[] copyOf(ClassNode type, ClassReader reader) {
        ClassWriter copy = new ClassWriter(reader, 0); // constants keep their numbers, and code its size
        type.accept(copy);
        return copy.toByteArray();
    }

    /**
     * Checks the class file {@code bytes}.
     *
     * @throws AnalyzerException naming the instruction that is wrong
     */
    public static void verify(byte[] bytes) throws AnalyzerException {
        ClassNode type = new ClassNode(Opcodes.ASM9);
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        for (MethodNode method : type.methods) {
            boolean feasible = Complexity.problemOfRewritten(method) == null; // else none of ours, as it was
            if (method.instructions.size() > 0 && feasible) {
                new Analyzer<>(new BasicVerifier()).analyze(type.name, method);
            }
        }
    }
}
