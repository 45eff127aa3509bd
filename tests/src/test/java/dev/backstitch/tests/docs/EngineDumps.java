package dev.backstitch.tests.docs;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.flow.Block;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.FrameNames;
import dev.backstitch.engine.model.SuspendingMethod;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.normalize.HandlerTracer;
import dev.backstitch.engine.normalize.LocalShifter;
import dev.backstitch.engine.normalize.StackSpiller;
import dev.backstitch.engine.normalize.UninitializedNewMover;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.Node;
import dev.backstitch.engine.plan.SavePlan;
import dev.backstitch.engine.points.MethodClassifier;
import dev.backstitch.engine.points.SuspensionPointFinder;
import dev.backstitch.engine.read.ClassFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Printer;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceClassVisitor;
import org.objectweb.asm.util.TraceMethodVisitor;

/** What each pass of the engine makes of one method, as text. */
final class EngineDumps {
    private final MethodNode original;
    private final Body body;
    private final List<SuspensionPoint> points;
    private final BlockGraph graph;
    private final FrameLayout layout;
    private final SavePlan saves;
    private final ControlGraph control;
    private final ClassNode woven;
    private final byte[] frame;

    EngineDumps(byte[] classFile, String method) throws Exception {
        ClassNode type = ClassFile.read(classFile, TypeHierarchy.of(name -> null));
        original = method(type, method, 0);
        SuspensionPointFinder.Found found =
                SuspensionPointFinder.find(type.name, original, TypeHierarchy.of(name -> null));
        points = found.points();
        // The passes as dev.backstitch.engine.Pipeline runs them, which shows nothing of what is in between.
        body = LocalShifter.shift(
                type.name,
                new SuspendingMethod(original, MethodClassifier.shapeOf(original), points, List.of(), found.tails()),
                new FrameNames(type.name).next(method));
        UninitializedNewMover.move(body);
        StackSpiller.spill(body);
        HandlerTracer.trace(body);
        TypedFrames types = TypedFrames.of(type.name, body.code(), LocalShifter.entryLocals(body));
        graph = BlockGraph.of(body.code(), body.points());
        layout = FrameLayout.of(body, types, Liveness.of(body.code()));
        saves = SavePlan.of(body, graph, layout);
        control = ControlGraph.of(body, graph, true);
        WeaveResult result = new Weaver().weave(classFile);
        woven = new ClassNode(Opcodes.ASM9);
        new ClassReader(result.classFile()).accept(woven, 0);
        frame = result.frames().values().iterator().next();
    }

    /** The method as the compiler wrote it. */
    String before() {
        return text(original);
    }

    /** Its suspension points, a line each. */
    String points() {
        return points.stream()
                .map(p -> "state " + p.state() + ": " + p.kind() + " in line " + p.line() + ", " + p.call().owner + "."
                        + p.call().name + p.call().desc)
                .collect(Collectors.joining("\n"));
    }

    /** The code the later passes work on. */
    String normalized() {
        return text(body.code());
    }

    /** Slots, what each state saves in them, and what a suspension writes. */
    String layout() {
        StringBuilder s = new StringBuilder();
        for (FrameLayout.Slot slot : layout.slots()) {
            s.append("field ").append(slot.name()).append(": ").append(Type.getType(slot.descriptor()).getClassName());
            s.append('\n');
        }
        for (int state = 0; state <= points.size(); state++) {
            s.append("state ").append(state).append(':');
            for (FrameLayout.Saved saved : layout.saved(state)) {
                s.append(" local ").append(saved.local()).append(" in ").append(layout.slots().get(saved.slot()).name());
                s.append(';');
            }
            s.append('\n');
        }
        for (SuspensionPoint point : body.points()) {
            Block block = graph.of(point);
            s.append("suspending as state ").append(point.state()).append(": locals ").append(saves.cleanAt(block));
            s.append(" are in their slots already; slots ").append(saves.staleAt(block)).append(" become null\n");
        }
        return s.toString();
    }

    /** The control flow that will be emitted; a prime marks copies. */
    String control() {
        StringBuilder s = new StringBuilder();
        for (SuspensionPoint point : body.points()) {
            Node node = control.resumption(point);
            s.append("resume ").append(point.state()).append(" -> ").append(targets(node)).append('\n');
        }
        for (Node node : control.layout()) {
            s.append(name(node)).append(node == control.entry() ? " (entry)" : "");
            s.append(", line ").append(line(node.block)).append(" -> ").append(targets(node));
            s.append(node.block.point == null ? "" : ", may suspend as state " + node.block.point.state()).append('\n');
        }
        return s.toString();
    }

    private static int line(Block block) {
        return !block.code.isEmpty() && block.code.get(0) instanceof LineNumberNode n ? n.line : block.line;
    }

    private static String targets(Node node) {
        String targets = node.targets.values().stream().map(EngineDumps::name).collect(Collectors.joining(", "));
        return targets.isEmpty() ? "return" : targets;
    }

    private static String name(Node node) {
        return node.block + (node.copy ? "'" : "");
    }

    /** What stands under the method's name and descriptor afterwards. */
    String stub() {
        return text(method(woven, original.name, 0));
    }

    /** The body, which stands beside it. */
    String body() {
        return text(method(woven, original.name, 1));
    }

    /** The frame's class. */
    String frame() {
        StringWriter out = new StringWriter();
        new ClassReader(frame).accept(new TraceClassVisitor(null, new Textifier(), new PrintWriter(out)), 0);
        return shorten(out.toString());
    }

    private static MethodNode method(ClassNode type, String name, int index) {
        return type.methods.stream().filter(m -> m.name.equals(name)).toList().get(index);
    }

    private static String text(MethodNode method) {
        Printer printer = new Textifier();
        method.accept(new TraceMethodVisitor(printer));
        StringWriter out = new StringWriter();
        printer.print(new PrintWriter(out, true));
        List<String> parameters = new ArrayList<>();
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            parameters.add(parameter.getClassName());
        }
        return shorten(Type.getReturnType(method.desc).getClassName() + " " + method.name + "("
                + String.join(", ", parameters) + ")\n" + out);
    }

    /** Without packages, signatures and sizes, which only make lines long. */
    private static String shorten(String dump) {
        Map<String, String> packages = Map.of(
                "dev/backstitch/tests/docs/", "", "dev.backstitch.tests.docs.", "", "dev/backstitch/", "", "dev.backstitch.", "",
                "java/lang/", "", "java.lang.", "", "java/util/", "", "java.util.", "");
        return dump.lines()
                .filter(line -> !line.isBlank() && !line.matches("\\s*(// (signature|declaration|access).*|MAX(STACK|LOCALS) = .*)"))
                .map(line -> line.contains("LDC \"") ? line : shorten(line, packages))
                .collect(Collectors.joining("\n"));
    }

    private static String shorten(String line, Map<String, String> packages) {
        String result = line;
        for (String name : packages.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
            result = result.replace(name, packages.get(name));
        }
        return result;
    }
}
