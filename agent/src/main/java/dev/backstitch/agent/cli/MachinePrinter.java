package dev.backstitch.agent.cli;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.model.StateMachine;
import dev.backstitch.engine.model.StateMachine.Live;
import dev.backstitch.engine.model.StateMachine.State;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** State machines as tables, graphs and bytecode. */
final class MachinePrinter {
    private final PrintWriter out;
    private final byte[] before;
    private final WeaveResult after;

    MachinePrinter(PrintWriter out, byte[] before, WeaveResult after) {
        this.out = out;
        this.before = before;
        this.after = after;
    }

    /** States, a line each, then fields and sizes. */
    void table(StateMachine machine) {
        out.println(signature(machine) + ": " + kind(machine) + ", " + machine.states().size() + " states");
        for (State state : machine.states()) {
            out.printf("  state %-3d %-32s keeps %s%n", state.number(), where(state), kept(state.live()));
        }
        out.println("  fields of " + simple(machine.frame()) + ": "
                + (machine.slots().isEmpty()
                        ? "none"
                        : machine.slots().entrySet().stream()
                                .map(slot -> slot.getKey() + " " + type(slot.getValue()))
                                .collect(Collectors.joining(", ")))
                + " (" + machine.slotBytes() + " bytes)");
        out.println("  code: " + machine.codeBefore() + " bytes before, " + machine.codeAfter() + " after; frame class: "
                + machine.frameClassSize() + " bytes");
        out.println();
    }

    /** All machines as one graph in the language of Graphviz. */
    void graph(List<StateMachine> machines) {
        out.println("digraph states {");
        out.println("  node [shape=box, fontname=monospace];");
        for (int i = 0; i < machines.size(); i++) {
            StateMachine machine = machines.get(i);
            String prefix = "m" + i + "_";
            out.println("  subgraph cluster_" + i + " {");
            out.println("    label=\"" + escape(signature(machine)) + "\";");
            for (State state : machine.states()) {
                out.println("    " + prefix + state.number() + " [label=\"" + state.number() + ": "
                        + escape(where(state)) + "\\n" + escape(kept(state.live())) + "\"];");
            }
            out.println("    " + prefix + "end [label=\"end\", shape=ellipse];");
            machine.successors().forEach((from, to) -> to.forEach(target -> out.println("    " + prefix + from + " -> "
                    + prefix + (target == StateMachine.END ? "end" : target) + ";")));
            out.println("  }");
        }
        out.println("}");
    }

    /** The bytecode the compiler wrote, and that of the stub and the body. */
    void beforeAndAfter(StateMachine machine) {
        out.println("==== before: " + signature(machine));
        print(before, machine.name(), machine.descriptor()::equals);
        out.println("==== after: " + signature(machine) + " is a stub");
        print(after.classFile(), machine.name(), machine.descriptor()::equals);
        out.println("==== after: the body");
        print(after.classFile(), machine.name(), descriptor -> descriptor.contains("L" + machine.frame() + ";"));
    }

    private void print(byte[] classFile, String name, Predicate<String> descriptor) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, 0);
        for (MethodNode method : type.methods) {
            if (method.name.equals(name) && descriptor.test(method.desc)) {
                Textifier text = new Textifier();
                method.accept(new TraceMethodVisitor(text));
                text.print(out);
            }
        }
    }

    private static String signature(StateMachine machine) {
        StringBuilder s = new StringBuilder(machine.name()).append('(');
        for (Type parameter : Type.getArgumentTypes(machine.descriptor())) {
            s.append(s.charAt(s.length() - 1) == '(' ? "" : ", ").append(type(parameter.getDescriptor()));
        }
        return s.append(')').toString();
    }

    private static String kind(StateMachine machine) {
        return switch (machine.kind()) {
            case GENERATOR -> "generator";
            case COROUTINE -> "cold coroutine";
            case HOT -> "hot coroutine";
            case ASYNC_GENERATOR -> "asynchronous generator";
        };
    }

    private static String where(State state) {
        return state.call() == null
                ? "start"
                : state.call() + (state.line() > 0 ? " in line " + state.line() : "");
    }

    private static String kept(List<Live> live) {
        return live.isEmpty()
                ? "nothing"
                : live.stream().map(MachinePrinter::kept).collect(Collectors.joining(", "));
    }

    private static String kept(Live live) {
        return (live.name() == null ? "(value)" : live.name()) + " " + type(live.descriptor())
                + (live.slot() == null ? " = null" : " in " + live.slot());
    }

    private static String type(String descriptor) {
        String name = Type.getType(descriptor).getClassName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
