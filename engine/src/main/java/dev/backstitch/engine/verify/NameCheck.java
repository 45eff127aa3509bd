package dev.backstitch.engine.verify;

import java.util.List;
import java.util.regex.Pattern;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Whether the names and descriptors of a class file are such (JVMS 4.2, 4.3): the passes, and ASM, take it for granted. */
final class NameCheck {
    private static final String FIELD = "\\[{0,255}(?:[BCDFIJSZ]|L[^.;\\[]+;)";
    private static final Pattern OF_FIELD = Pattern.compile(FIELD);
    private static final Pattern OF_METHOD = Pattern.compile("\\((?:" + FIELD + ")*+\\)(?:V|" + FIELD + ")");
    private static final Pattern OF_CLASS = Pattern.compile("[^.;\\[]+|\\[" + FIELD);
    private static final Pattern MEMBER = Pattern.compile("[^.;\\[/]+");

    private NameCheck() {}

    /** @throws IllegalArgumentException naming what is none */
    static void check(ClassNode type) {
        match(OF_CLASS, type.name);
        if (type.superName != null) {
            match(OF_CLASS, type.superName);
        }
        type.interfaces.forEach(name -> match(OF_CLASS, name));
        annotations(type.visibleAnnotations);
        annotations(type.invisibleAnnotations);
        for (FieldNode field : type.fields) {
            match(MEMBER, field.name);
            match(OF_FIELD, field.desc);
        }
        for (MethodNode method : type.methods) {
            match(MEMBER, method.name);
            match(OF_METHOD, method.desc);
            method.exceptions.forEach(name -> match(OF_CLASS, name));
            annotations(method.visibleAnnotations);
            annotations(method.invisibleAnnotations);
            for (TryCatchBlockNode region : method.tryCatchBlocks) {
                if (region.type != null) {
                    match(OF_CLASS, region.type);
                }
            }
            for (AbstractInsnNode insn : method.instructions) {
                check(insn);
            }
        }
    }

    private static void check(AbstractInsnNode insn) {
        if (insn instanceof FieldInsnNode field) {
            member(field.owner, field.name);
            match(OF_FIELD, field.desc);
        } else if (insn instanceof MethodInsnNode method) {
            member(method.owner, method.name);
            match(OF_METHOD, method.desc);
            if (method.name.equals("<init>") && method.getOpcode() != Opcodes.INVOKESPECIAL) {
                throw new IllegalArgumentException("a constructor of " + method.owner + " is called as if it were none");
            }
        } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
            match(MEMBER, dynamic.name);
            match(OF_METHOD, dynamic.desc);
            handle(dynamic.bsm);
            for (Object argument : dynamic.bsmArgs) {
                constant(argument);
            }
        } else if (insn instanceof TypeInsnNode type) {
            match(OF_CLASS, type.desc);
        } else if (insn instanceof MultiANewArrayInsnNode array) {
            match(OF_FIELD, array.desc);
        } else if (insn instanceof FrameNode map) {
            types(map.local);
            types(map.stack);
        } else if (insn instanceof LdcInsnNode ldc) {
            constant(ldc.cst);
        }
    }

    private static void types(List<Object> types) {
        if (types != null) {
            for (Object type : types) {
                if (type instanceof String name) {
                    match(OF_CLASS, name);
                }
            }
        }
    }

    private static void constant(Object constant) {
        if (constant instanceof Type type) {
            match(type.getSort() == Type.METHOD ? OF_METHOD : OF_FIELD, type.getDescriptor());
        } else if (constant instanceof Handle handle) {
            handle(handle);
        } else if (constant instanceof ConstantDynamic dynamic) {
            match(MEMBER, dynamic.getName());
            match(OF_FIELD, dynamic.getDescriptor());
            handle(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private static void annotations(List<AnnotationNode> annotations) {
        if (annotations != null) {
            annotations.forEach(annotation -> match(OF_FIELD, annotation.desc));
        }
    }

    private static void handle(Handle handle) {
        member(handle.getOwner(), handle.getName());
        match(handle.getDesc().startsWith("(") ? OF_METHOD : OF_FIELD, handle.getDesc());
    }

    private static void member(String owner, String name) {
        match(OF_CLASS, owner);
        match(MEMBER, name);
    }

    private static void match(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no name or descriptor where it stands");
        }
    }
}
