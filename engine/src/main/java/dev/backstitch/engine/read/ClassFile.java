package dev.backstitch.engine.read;

import dev.backstitch.engine.flow.Complexity;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.JSRInlinerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Bytes to a class model whose methods have a stack map frame, written out in full, wherever the verifier wants
 * one.
 *
 * <p>Class files older than Java 7 may have none, and may have subroutines: those are inlined and the frames computed
 * first, the only place where types have to be merged. Those of Java 6 mostly have them.
 */
public final class ClassFile {
    private ClassFile() {}

    /** The first version in which every class file has stack maps, and the one before, in which most have. */
    private static final int WITH_STACK_MAPS = Opcodes.V1_7;

    private static final int MAYBE_WITH_STACK_MAPS = Opcodes.V1_6;

    /** What no internal name has in it (JVMS 4.2). */
    private static final Pattern NO_NAME = Pattern.compile("[.;\\[]");

    /**
     * Reads {@code bytes}; throws what ASM throws on damaged ones.
     *
     * @param hierarchy for types that have to be merged
     */
    public static ClassNode read(byte[] bytes, TypeHierarchy hierarchy) {
        ClassReader reader = new ClassReader(bytes);
        AttributeLengths.check(bytes, reader);
        int version = majorVersion(bytes);
        if (version >= WITH_STACK_MAPS) {
            return expanded(reader);
        }
        if (version == MAYBE_WITH_STACK_MAPS) {
            ClassNode node = expanded(reader);
            if (node.methods.stream().allMatch(ClassFile::hasStackMaps)) {
                node.version = WITH_STACK_MAPS;
                return node;
            }
        }
        refuseIfComplex(reader);
        return expanded(new ClassReader(modernized(reader, hierarchy)));
    }

    private static ClassNode expanded(ClassReader reader) {
        ClassNode node = new BoundedClass();
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        if (node.name == null || node.name.isEmpty() || NO_NAME.matcher(node.name).find()) {
            throw new IllegalArgumentException("the class cannot be named " + node.name);
        }
        return node;
    }

    /** Frames are computed for every method, whether it concerns us or not. */
    private static void refuseIfComplex(ClassReader reader) {
        ClassNode type = new ClassNode(Opcodes.ASM9);
        reader.accept(type, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        for (MethodNode method : type.methods) {
            String problem = Complexity.problemOf(method);
            if (problem != null) {
                throw new TooComplexException(problem);
            }
        }
    }

    /** Whether {@code method} has a stack map frame, or needs none. */
    private static boolean hasStackMaps(MethodNode method) {
        boolean branches = !method.tryCatchBlocks.isEmpty();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FrameNode) {
                return true;
            }
            branches |= insn instanceof JumpInsnNode
                    || insn.getOpcode() == Opcodes.TABLESWITCH
                    || insn.getOpcode() == Opcodes.LOOKUPSWITCH;
        }
        return !branches;
    }

    /** The name of a class whose code may be damaged; {@code ?} if it cannot even be told. */
    public static String nameOf(byte[] bytes) {
        try {
            return new ClassReader(bytes).getClassName().replace('/', '.');
        } catch (RuntimeException e) {
            return "?";
        }
    }

    /** Whether a method of the class uses {@code jsr}; false if it cannot be read. */
    public static boolean hasSubroutines(byte[] bytes) {
        boolean[] found = new boolean[1];
        try {
            new ClassReader(bytes)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String desc, String sig, String[] ex) {
                                    return new MethodVisitor(Opcodes.ASM9) {
                                        @Override
                                        public void visitJumpInsn(int opcode, Label label) {
                                            found[0] |= opcode == Opcodes.JSR;
                                        }
                                    };
                                }
                            },
                            ClassReader.SKIP_FRAMES);
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
        return found[0];
    }

    private static int majorVersion(byte[] bytes) {
        return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    }

    private static byte[] modernized(ClassReader reader, TypeHierarchy hierarchy) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return hierarchy.commonSuperclass(a, b); // no class is loaded to find it
            }
        };
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visit(int v, int access, String name, String sig, String superName, String[] ifs) {
                        super.visit(WITH_STACK_MAPS, access, name, sig, superName, ifs);
                    }

                    @Override
                    public MethodVisitor visitMethod(int access, String name, String desc, String sig, String[] ex) {
                        MethodVisitor next = super.visitMethod(access, name, desc, sig, ex);
                        return new JSRInlinerAdapter(next, access, name, desc, sig, ex);
                    }
                },
                ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
