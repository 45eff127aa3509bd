package dev.backstitch.tests.harness;

import dev.backstitch.tests.harness.reference.Body;
import dev.backstitch.tests.harness.reference.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.JSRInlinerAdapter;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Loads a target whose bodies stay as the compiler wrote them, as the oracle: the runtime's types are replaced by the
 * blocking twins of {@link dev.backstitch.tests.harness.reference}, and a method that suspends becomes
 *
 * <pre>
 *   static Gen numbers(int n) { return (Gen) Kinds.make(() -> numbers$body(n), "…/Gen"); }
 *   private static Object numbers$body(int n) { … the original code … }
 * </pre>
 */
final class ReferenceLoader extends ChildFirstLoader {
    private static final String RUNTIME = "dev/backstitch/";
    private static final String TWINS = Type.getInternalName(Kinds.class).replace("Kinds", "");
    private static final List<String> TWINNED =
            List.of("Gen", "Gen$State", "Coroutine", "AsyncGen", "AsyncCloseable", "Each", "StopIteration",
                    "StopAsyncIteration", "GeneratorExit");
    private static final List<String> MARKS = List.of("Ldev/backstitch/annotations/Async;", "Ldev/backstitch/annotations/Generator;");
    private static final Handle METAFACTORY = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/LambdaMetafactory",
            "metafactory",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
                    + "Ljava/lang/invoke/CallSite;",
            false);

    private ReferenceLoader(Map<String, byte[]> classes) {
        super(classes);
    }

    /** @param originals class files by internal name; those of {@link Drivers} are added */
    static ReferenceLoader of(Map<String, byte[]> originals) {
        Map<String, byte[]> twins = new LinkedHashMap<>();
        originals.forEach((name, bytes) -> twins.put(name, rewrite(bytes)));
        ClassFiles.ofClassPath(Drivers.class).forEach((name, bytes) -> twins.put(name, rewrite(bytes)));
        return new ReferenceLoader(twins);
    }

    private static byte[] rewrite(byte[] original) {
        ClassNode type = new ClassNode();
        ClassReader reader = new ClassReader(original);
        boolean old = reader.readShort(6) < Opcodes.V1_7; // no invokedynamic, maybe subroutines
        reader.accept(new ClassRemapper(old ? withoutSubroutines(type) : type, new ToTwins()), 0);
        ClassWriter writer = new ClassWriter(old ? ClassWriter.COMPUTE_FRAMES : 0);
        type.accept(new Stubs(writer, type));
        return writer.toByteArray();
    }

    private static ClassVisitor withoutSubroutines(ClassVisitor next) {
        return new ClassVisitor(Opcodes.ASM9, next) {
            @Override
            public void visit(int v, int access, String name, String signature, String superName, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, desc, signature, exceptions);
                return new JSRInlinerAdapter(method, access, name, desc, signature, exceptions);
            }
        };
    }

    private static final class ToTwins extends Remapper {
        ToTwins() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            return name.startsWith(RUNTIME) && TWINNED.contains(name.substring(RUNTIME.length()))
                    ? TWINS + name.substring(RUNTIME.length())
                    : name;
        }
    }

    /** Puts a stub in front of each body that suspends. */
    private static final class Stubs extends ClassVisitor {
        private final ClassNode type;
        private int bodies;

        Stubs(ClassVisitor next, ClassNode type) {
            super(Opcodes.ASM9, next);
            this.type = type;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] exceptions) {
            MethodNode method = type.methods.stream()
                    .filter(m -> m.name.equals(name) && m.desc.equals(desc))
                    .findFirst()
                    .orElseThrow();
            if (!suspends(method)) {
                return super.visitMethod(access, name, desc, signature, exceptions);
            }
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            String bodyDesc = isStatic ? desc : "(L" + type.name + ";" + desc.substring(1);
            String body = name + "$body" + bodies++;
            MethodVisitor stub = super.visitMethod(access, name, desc, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, bodyWriter(body, bodyDesc, exceptions)) {
                @Override
                public org.objectweb.asm.AnnotationVisitor visitAnnotation(String d, boolean visible) {
                    return stub.visitAnnotation(d, visible);
                }

                @Override
                public void visitEnd() {
                    writeStub(stub, body, bodyDesc);
                    super.visitEnd();
                }
            };
        }

        private MethodVisitor bodyWriter(String name, String desc, String[] exceptions) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            return super.visitMethod(access, name, desc, null, exceptions);
        }

        private void writeStub(MethodVisitor stub, String body, String bodyDesc) {
            String bodyType = Type.getInternalName(Body.class);
            String returned = Type.getReturnType(bodyDesc).getInternalName();
            boolean isInterface = (type.access & Opcodes.ACC_INTERFACE) != 0;
            stub.visitCode();
            int slot = 0;
            for (Type argument : Type.getArgumentTypes(bodyDesc)) {
                stub.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
                slot += argument.getSize();
            }
            stub.visitInvokeDynamicInsn(
                    "run",
                    Type.getMethodDescriptor(Type.getObjectType(bodyType), Type.getArgumentTypes(bodyDesc)),
                    METAFACTORY,
                    Type.getMethodType("()Ljava/lang/Object;"),
                    new Handle(Opcodes.H_INVOKESTATIC, type.name, body, bodyDesc, isInterface),
                    Type.getMethodType("()L" + returned + ";"));
            stub.visitLdcInsn(returned);
            stub.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    Type.getInternalName(Kinds.class),
                    "make",
                    "(L" + bodyType + ";Ljava/lang/String;)Ljava/lang/Object;",
                    false);
            stub.visitTypeInsn(Opcodes.CHECKCAST, returned);
            stub.visitInsn(Opcodes.ARETURN);
            stub.visitMaxs(Math.max(slot, 2), slot);
            stub.visitEnd();
        }
    }

    private static boolean suspends(MethodNode method) {
        boolean hasCode = method.instructions.size() > 0 && (method.access & Opcodes.ACC_BRIDGE) == 0;
        String returned = Type.getReturnType(method.desc).getDescriptor();
        if (!hasCode || !returned.startsWith("L") || !Kinds.RETURN_TYPES.contains(returned.substring(1, returned.length() - 1))) {
            return false;
        }
        boolean marked = method.invisibleAnnotations != null
                && method.invisibleAnnotations.stream().map((AnnotationNode a) -> a.desc).anyMatch(MARKS::contains);
        return marked || method.name.startsWith("lambda$") && callsPoint(method);
    }

    private static boolean callsPoint(MethodNode method) {
        for (var instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.startsWith(TWINS)
                    && List.of("await", "yield", "yieldFrom", "suspend", "awaitEach").contains(call.name)) {
                return true;
            }
        }
        return false;
    }
}
