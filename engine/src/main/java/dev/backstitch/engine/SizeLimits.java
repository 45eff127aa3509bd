package dev.backstitch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.diag.WeaveException;
import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.TooComplexException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What the class file and the JVM limit, asked before work is done that would come to nothing.
 *
 * @param type the class that is rewritten
 */
record SizeLimits(ClassNode type) {
    /** HotSpot never compiles a method of more bytes than this ({@code HugeMethodLimit}). */
    static final int LARGEST_COMPILED = 8000;

    /** What a suspension point adds at least: its part of dispatch, resumption and suspension. */
    static final int LEAST_PER_POINT = 32;

    /** What a constant can hold is 65,535 bytes; the names of the runtime that stand beside ours take fewer than these. */
    private static final int LONGEST_NAMES = 65_535 - 500;

    static void refuseIfComplex(String problem) {
        if (problem != null) {
            throw new TooComplexException(problem);
        }
    }

    /** Says at once what would come out, after long work, as a method beyond the class file's limit. */
    void refuseIfHuge(MethodNode method, int least) {
        if (least > 65_535) {
            throw tooLarge(SourceLocations.of(type, method), "it would have more than " + least + " bytes");
        }
    }

    /** A frame's name is that of its class and method in one, and is named twice in descriptors. */
    void refuseIfNamesAreTooLong(MethodNode method, String frame) {
        int bytes = 2 * frame.getBytes(UTF_8).length + type.name.length() + (method.name + method.desc).getBytes(UTF_8).length;
        if (bytes > LONGEST_NAMES) {
            throw tooLarge(
                    SourceLocations.of(type),
                    "the names of the class, of a method and of its parameters would take " + bytes + " bytes");
        }
    }

    /**
     * What is inserted, and a receiver where there was none, may not fit beside the method's own parameters.
     *
     * @param constructor the descriptor of the constructor that the method calls; null for none
     */
    void refuseIfParametersAreTooMany(MethodNode method, MethodNode emitted, String constructor) {
        int most = parametersOf(emitted.desc) - ((emitted.access & Opcodes.ACC_STATIC) == 0 ? 0 : 1);
        if (constructor != null) {
            most = Math.max(most, parametersOf(constructor));
        }
        if (most > Insns.LARGEST_PARAMETERS) {
            throw tooLarge(SourceLocations.of(type, method), "it would take " + most + " parameters");
        }
    }

    private static WeaveException tooLarge(SourceLocation where, String detail) {
        return new WeaveException(new Diagnostic(DiagnosticCode.TOO_LARGE, where, detail), null);
    }

    /** In slots, of an instance method. */
    private static int parametersOf(String descriptor) {
        return Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    }

    static int smallestSizeOf(MethodNode method) {
        CodeSizeEvaluator size = new CodeSizeEvaluator(null);
        method.instructions.accept(size);
        return size.getMinSize();
    }

    static int sizeOf(MethodNode method) {
        CodeSizeEvaluator size = new CodeSizeEvaluator(null);
        method.instructions.accept(size);
        return size.getMaxSize();
    }
}
