package dev.backstitch.tests.leaks;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** What is where in a method: numbers, references, and objects whose constructor has not been called yet. */
final class Operands {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private Operands() {}

    /** An object between its {@code new} and its constructor. */
    private static final class UnderConstruction extends BasicValue {
        private final AbstractInsnNode made;

        UnderConstruction(AbstractInsnNode made) {
            super(OBJECT);
            this.made = made;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof UnderConstruction o && o.made == made;
        }

        @Override
        public int hashCode() {
            return made.hashCode();
        }
    }

    static boolean isUnderConstruction(BasicValue value) {
        return value instanceof UnderConstruction;
    }

    private static final class Values extends BasicInterpreter {
        Values() {
            super(Opcodes.ASM9);
        }

        @Override
        public BasicValue newOperation(AbstractInsnNode insn) throws AnalyzerException {
            return insn.getOpcode() == Opcodes.NEW ? new UnderConstruction(insn) : super.newOperation(insn);
        }
    }

    static final class Analysis extends Analyzer<BasicValue> {
        Analysis() {
            super(new Values());
        }

        @Override
        protected Frame<BasicValue> newFrame(int locals, int stack) {
            return new Constructing(locals, stack);
        }

        @Override
        protected Frame<BasicValue> newFrame(Frame<? extends BasicValue> frame) {
            return new Constructing(frame);
        }

        @Override
        public Frame<BasicValue>[] analyze(String owner, MethodNode method) throws AnalyzerException {
            return super.analyze(owner, method);
        }
    }

    private static final class Constructing extends Frame<BasicValue> {
        Constructing(int locals, int stack) {
            super(locals, stack);
        }

        Constructing(Frame<? extends BasicValue> other) {
            super(other);
        }

        @Override
        public void execute(AbstractInsnNode insn, Interpreter<BasicValue> interpreter) throws AnalyzerException {
            BasicValue made = null;
            if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
                made = getStack(getStackSize() - 1 - Type.getArgumentTypes(call.desc).length);
            }
            super.execute(insn, interpreter);
            if (made instanceof UnderConstruction) {
                for (int i = 0; i < getStackSize(); i++) {
                    if (getStack(i).equals(made)) {
                        setStack(i, BasicValue.REFERENCE_VALUE);
                    }
                }
            }
        }
    }
}
