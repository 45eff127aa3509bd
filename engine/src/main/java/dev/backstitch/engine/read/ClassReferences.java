package dev.backstitch.engine.read;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** Which classes a class file names in its constant pool, and what it says of itself; nothing else is read. */
public final class ClassReferences {
    private static final int CLASS_TAG = 7;

    private ClassReferences() {}

    /** The internal names of the classes, sorted; throws what ASM throws on damaged class files. */
    public static Set<String> of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        Set<String> names = new TreeSet<>();
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0 && classFile[offset - 1] == CLASS_TAG) {
                names.add(reader.readUTF8(offset, buffer));
            }
        }
        return names;
    }

    /** The class's own internal name. */
    public static String nameOf(byte[] classFile) {
        return new ClassReader(classFile).getClassName();
    }

    /** Whether the class has an annotation of this descriptor that is not visible at run time. */
    public static boolean isAnnotated(byte[] classFile, String annotation) {
        boolean[] found = new boolean[1];
        new ClassReader(classFile).accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                        found[0] |= !visible && descriptor.equals(annotation);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0];
    }

    /** Whether a compiler or rewriter made the class up. */
    public static boolean isSynthetic(byte[] classFile) {
        return (new ClassReader(classFile).getAccess() & Opcodes.ACC_SYNTHETIC) != 0;
    }
}
