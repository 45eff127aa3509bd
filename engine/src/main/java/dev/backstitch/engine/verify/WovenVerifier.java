package dev.backstitch.engine.verify;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicVerifier;

/**
 * Pass 7: a last look at what was written, before anybody loads it: every method is read back and simulated, kinds and
 * stack heights checked. References are not held against a hierarchy: that is the JVM's part, and it needs classes.
 */
public final class WovenVerifier {
    private WovenVerifier() {}

    /**
     * Checks the class file {@code bytes}.
     *
     * @throws AnalyzerException naming the instruction that is wrong
     */
    public static void verify(byte[] bytes) throws AnalyzerException {
        ClassNode type = new ClassNode(Opcodes.ASM9);
        new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
        for (MethodNode method : type.methods) {
            if (method.instructions.size() > 0) {
                new Analyzer<>(new BasicVerifier()).analyze(type.name, method);
            }
        }
    }
}
