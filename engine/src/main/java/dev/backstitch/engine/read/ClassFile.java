package dev.backstitch.engine.read;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.JSRInlinerAdapter;
import org.objectweb.asm.tree.ClassNode;

/**
 * Pass 1: bytes to a class model whose methods have a stack map frame, written out in full, wherever the verifier wants
 * one.
 *
 * <p>Class files older than Java 7 may have none, and may have subroutines: those are inlined and the frames computed
 * first, the only place where types have to be merged.
 */
public final class ClassFile {
    private ClassFile() {}

    /** Reads {@code bytes}; throws what ASM throws on damaged ones. */
    public static ClassNode read(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        if ((majorVersion(bytes)) < 51) {
            reader = new ClassReader(modernized(reader));
        }
        ClassNode node = new ClassNode(Opcodes.ASM9);
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        return node;
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
        } catch (RuntimeException e) {
            return false;
        }
        return found[0];
    }

    private static int majorVersion(byte[] bytes) {
        return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    }

    private static byte[] modernized(ClassReader reader) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return a.equals(b) ? a : "java/lang/Object"; // no class is loaded to find a better one
            }
        };
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visit(int v, int access, String name, String sig, String superName, String[] ifs) {
                        super.visit(Opcodes.V1_7, access, name, sig, superName, ifs);
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
