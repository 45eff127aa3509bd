package dev.backstitch.engine.check;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** What stands between the angle brackets of a return type: {@code Integer} of {@code Gen<Integer> numbers()}. */
final class TypeArguments extends SignatureVisitor {
    private int arguments;
    private int depth;
    private String name;
    private boolean plain = true;

    private TypeArguments() {
        super(Opcodes.ASM9);
    }

    /**
     * The internal name of the class that is the first type argument of a method's return type, or bounds it from above.
     *
     * @param signature of the method; may be null
     * @return null if the return type has no such argument, or it is a type variable, an array or unbounded
     */
    static String ofReturnType(String signature) {
        if (signature == null) {
            return null;
        }
        TypeArguments[] found = new TypeArguments[1];
        try {
            read(signature, found);
        } catch (RuntimeException | StackOverflowError e) {
            return null; // the JVM does not read signatures: what is wrong with one harms nobody
        }
        return found[0] == null || found[0].arguments != 1 || !found[0].plain ? null : found[0].name;
    }

    private static void read(String signature, TypeArguments[] found) {
        new SignatureReader(signature).accept(new SignatureVisitor(Opcodes.ASM9) {
            @Override
            public SignatureVisitor visitReturnType() {
                found[0] = new TypeArguments();
                return found[0];
            }

            @Override
            public SignatureVisitor visitExceptionType() {
                return new SignatureVisitor(Opcodes.ASM9) {};
            }
        });
    }

    @Override
    public void visitClassType(String type) {
        depth++;
        if (depth == 2) {
            name = type;
        }
    }

    @Override
    public void visitInnerClassType(String type) {
        if (depth == 2) {
            name += "$" + type;
        }
    }

    @Override
    public void visitTypeArgument() {
        if (depth == 1) {
            arguments++;
            plain = false;
        }
    }

    @Override
    public SignatureVisitor visitTypeArgument(char wildcard) {
        if (depth == 1) {
            arguments++;
            plain &= wildcard != SUPER;
        }
        return this;
    }

    @Override
    public void visitTypeVariable(String variable) {
        if (depth == 1) {
            plain = false;
        }
    }

    @Override
    public SignatureVisitor visitArrayType() {
        if (depth == 1) {
            plain = false;
        }
        return this;
    }

    @Override
    public void visitEnd() {
        depth--;
    }
}
