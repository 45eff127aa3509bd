package dev.backstitch.engine.read;

import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.TooComplexException;
import java.util.ArrayList;
import java.util.Set;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class whose stack map frames, written out in full, may not take more room than memory has: a file of 60 kilobytes
 * can hold 30,000 frames of 30,000 locals.
 */
final class BoundedClass extends ClassNode {
    /** Locals and operands of all frames. */
    private static final int MOST_VALUES = 8_000_000;

    /** JVMS 4.7: ASM gives these by methods of their own, in their places. */
    private static final Set<String> PREDEFINED = Set.of(
            "AnnotationDefault", "Code", "Deprecated", "Exceptions", "LineNumberTable", "LocalVariableTable",
            "LocalVariableTypeTable", "MethodParameters", "RuntimeInvisibleAnnotations",
            "RuntimeInvisibleParameterAnnotations", "RuntimeInvisibleTypeAnnotations", "RuntimeVisibleAnnotations",
            "RuntimeVisibleParameterAnnotations", "RuntimeVisibleTypeAnnotations", "Signature", "StackMapTable", "Synthetic");

    private int values;

    BoundedClass() {
        super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String desc, String sig, String[] ex) {
        MethodNode method = new MethodNode(Opcodes.ASM9, access, name, desc, sig, ex) {
            @Override
            public void visitFrame(int type, int locals, Object[] local, int operands, Object[] stack) {
                values += locals + operands;
                if (values > MOST_VALUES) {
                    throw new TooComplexException("the stack maps up to those of " + name + " describe more than "
                            + MOST_VALUES + " locals and operands");
                }
                super.visitFrame(type, locals, local, operands, stack);
            }

            @Override
            public void visitAttribute(Attribute attribute) {
                // Out of its place it means nothing, and ASM would write what was in the code as one of the method's.
                if (!PREDEFINED.contains(attribute.type)) {
                    super.visitAttribute(attribute);
                }
            }

            @Override
            public void visitLocalVariable(
                    String variable, String type, String signature, Label start, Label end, int index) {
                int sort = Type.getType(type).getSort(); // throws what the passes would, which ask for its size
                if (sort == Type.VOID || sort == Type.METHOD) {
                    throw new IllegalArgumentException("the variable " + variable + " of " + name + " has the type " + type);
                }
                super.visitLocalVariable(variable, type, signature, start, end, index);
            }

            @Override
            public void visitEnd() {
                // The JVM does not care where a variable's range begins and ends.
                localVariables = localVariables == null ? new ArrayList<>() : localVariables;
                localVariables.removeIf(v -> !isInCode(v.start) || !isInCode(v.end));
                boolean sound = tryCatchBlocks.stream()
                        .allMatch(r -> isInCode(r.start) && isInCode(r.end) && isInCode(r.handler));
                for (AbstractInsnNode insn : instructions) {
                    sound &= BlockGraph.targets(insn).stream().allMatch(BoundedClass::isInCode);
                }
                if (instructions.size() > 0 && !name.equals("<clinit>") && (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                    throw new IllegalArgumentException(name + " has code, and is abstract or native");
                }
                if (!sound) {
                    throw new IllegalArgumentException(name + " has a jump or a range into the middle of an instruction");
                }
                super.visitEnd();
            }
        };
        methods.add(method);
        return method;
    }

    /** ASM makes a label for every place that is named, and puts into the code those between instructions. */
    private static boolean isInCode(LabelNode label) {
        return label.getNext() != null || label.getPrevious() != null;
    }
}
