package dev.backstitch.engine;

import dev.backstitch.engine.check.Rules;
import dev.backstitch.engine.check.Suspicions;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.SourceLocations;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.diag.WeaveException;
import dev.backstitch.engine.emit.BodyEmitter;
import dev.backstitch.engine.emit.FrameClassEmitter;
import dev.backstitch.engine.emit.SerialVersion;
import dev.backstitch.engine.emit.StateMachines;
import dev.backstitch.engine.emit.StubEmitter;
import dev.backstitch.engine.emit.YieldTypes;
import dev.backstitch.engine.flow.BlockGraph;
import dev.backstitch.engine.flow.Complexity;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TooComplexException;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.FrameNames;
import dev.backstitch.engine.model.ReturnShape;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.engine.model.StateMachine;
import dev.backstitch.engine.model.SuspendingMethod;
import dev.backstitch.engine.normalize.CallFuser;
import dev.backstitch.engine.normalize.ExitRewriter;
import dev.backstitch.engine.normalize.HandlerTracer;
import dev.backstitch.engine.normalize.LocalShifter;
import dev.backstitch.engine.normalize.StackSpiller;
import dev.backstitch.engine.normalize.UninitializedNewMover;
import dev.backstitch.engine.plan.ControlGraph;
import dev.backstitch.engine.plan.FrameLayout;
import dev.backstitch.engine.plan.SavePlan;
import dev.backstitch.engine.points.MethodClassifier;
import dev.backstitch.engine.points.ResourceExitFinder;
import dev.backstitch.engine.points.StormMethod;
import dev.backstitch.engine.points.SuspensionPointFinder;
import dev.backstitch.engine.verify.WovenVerifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** The passes over one class, in their order; nobody else knows it. */
final class Pipeline {
    private final ClassNode type;
    private final SizeLimits limits;
    private final TypeHierarchy hierarchy;
    private final Suspicions suspicions;
    private final boolean adapted;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<String, byte[]> frames = new LinkedHashMap<>();
    private final FrameNames frameNames;
    private final Map<MethodNode, String> frameOf = new HashMap<>();
    /** The frame classes of private coroutines, whose awaiters in this class need no coroutine; by name and descriptor. */
    private final Map<String, String> callable = new HashMap<>();
    /** Bodies that may be too large for the JIT; known once the class file is written. */
    private final List<Large> large = new ArrayList<>();
    /** What is being worked on, for the report of an error of ours. */
    private MethodNode current;
    /** Descriptions of what is made; null if nobody asks. */
    private List<StateMachine> machines;

    /** What becomes of the methods that are rewritten for a storm; null if none is. */
    private Storm storm;

    private static final class Storm {
        private final List<Diagnostic> refusals = new ArrayList<>();
        private int methods;
        private int points;
        private int underMonitors;
    }

    /** How a body is written, the best first: until one is small enough to be compiled at all. */
    private enum Attempt {
        FAST(true, false),
        /** Points share the code that saves and restores: slower where they suspend. */
        SMALL(true, true),
        /** The rest of a loop's turn is not copied: a flag is tested in each turn. */
        GATED(false, false),
        SMALLEST(false, true);

        final boolean copies;
        final boolean small;

        Attempt(boolean copies, boolean small) {
            this.copies = copies;
            this.small = small;
        }
    }

    private record Large(MethodNode method, MethodNode body, SourceLocation location) {}

    /** @param adapted whether the class was changed already, and so has to be written in any case */
    Pipeline(ClassNode type, TypeHierarchy hierarchy, WarningPolicy warnings, boolean adapted) {
        this.type = type;
        this.limits = new SizeLimits(type);
        this.frameNames = new FrameNames(type.name);
        this.hierarchy = hierarchy.with(type);
        this.adapted = adapted;
        this.suspicions = new Suspicions(type, warnings, diagnostics::add);
    }

    /** Runs the passes for the sake of a description of what they make. */
    List<StateMachine> describe(byte[] original) throws AnalyzerException {
        machines = new ArrayList<>();
        run(original);
        return machines;
    }

    /** As {@link #run}, and rewrites all other methods for a storm. */
    StormResult storm(byte[] original) throws AnalyzerException {
        storm = new Storm();
        return new StormResult(run(original), storm.methods, storm.points, storm.underMonitors, storm.refusals);
    }

    /** Runs the passes; the result's bytes are {@code original} unless the class was rewritten. */
    WeaveResult run(byte[] original) throws AnalyzerException {
        if (MethodClassifier.isWoven(type)) {
            diagnostics.add(new Diagnostic(DiagnosticCode.ALREADY_WOVEN, SourceLocations.of(type), ""));
            return WeaveResult.refused(original, diagnostics);
        }
        List<SuspendingMethod> methods = findAndCheck();
        diagnostics.sort(Comparator.comparingInt(d -> d.location().line()));
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return WeaveResult.refused(original, diagnostics);
        }
        if (methods.isEmpty() && !adapted && storm == null) {
            return WeaveResult.untouched(original, diagnostics);
        }
        List<MethodNode> bodies = new ArrayList<>();
        for (SuspendingMethod method : methods) {
            String frame = frameNames.next(method.node().name);
            limits.refuseIfNamesAreTooLong(method.node(), frame);
            frameOf.put(method.node(), frame);
            if ((method.node().access & Opcodes.ACC_PRIVATE) != 0
                    && method.shape() == ReturnShape.COROUTINE
                    && LocalShifter.isOnDemand(method)) {
                callable.put(method.node().name + method.node().desc, frame);
            }
        }
        for (SuspendingMethod method : methods) {
            current = method.node();
            bodies.add(rewrite(method));
        }
        if (storm != null) {
            bodies.addAll(stormed(methods));
            if (bodies.isEmpty()) {
                return WeaveResult.untouched(original, diagnostics);
            }
        }
        current = null;
        addAll(bodies);
        mark();
        SerialVersion.keep(type, original, hierarchy);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        byte[] woven = writer.toByteArray();
        WovenVerifier.verify(woven);
        for (byte[] frame : frames.values()) {
            WovenVerifier.verify(frame);
        }
        warnOfLargeBodies();
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return WeaveResult.refused(original, diagnostics);
        }
        return new WeaveResult(WeaveResult.Outcome.WOVEN, woven, frames, diagnostics);
    }

    /** The bodies of all methods but {@code others}; one that is refused stays as it was. */
    private List<MethodNode> stormed(List<SuspendingMethod> others) {
        List<MethodNode> bodies = new ArrayList<>();
        List<MethodNode> suspending = others.stream().map(SuspendingMethod::node).toList();
        for (MethodNode method : type.methods) {
            current = method;
            if (!StormMethod.isPossible(method) || suspending.contains(method)) {
                continue;
            }
            StormMethod made = StormMethod.of(method);
            MethodNode node = made.suspending().node();
            frameOf.put(node, frameNames.next(node.name));
            try {
                bodies.add(rewrite(made.suspending()));
            } catch (WeaveException e) {
                storm.refusals.add(e.diagnostic());
                continue;
            } catch (TooComplexException e) {
                storm.refusals.add(new Diagnostic(DiagnosticCode.TOO_COMPLEX, where(), e.getMessage()));
                continue;
            }
            StubEmitter.driveToEnd(method, node);
            storm.methods++;
            storm.points += made.suspending().points().size();
            storm.underMonitors += made.underMonitors();
        }
        return bodies;
    }

    /** Two methods of one name and descriptor make no class; what is there already is what another rewriting left. */
    private void addAll(List<MethodNode> bodies) {
        Set<String> known = new HashSet<>();
        for (MethodNode method : type.methods) {
            if (!known.add(method.name + method.desc)) {
                throw new WeaveException(
                        new Diagnostic(DiagnosticCode.UNREADABLE, SourceLocations.of(type), "it has two methods "
                                + method.name + method.desc),
                        null);
            }
        }
        for (MethodNode body : bodies) {
            if (known.contains(body.name + body.desc)) {
                throw new WeaveException(
                        new Diagnostic(DiagnosticCode.BROKEN, SourceLocations.of(type), "it is not marked as rewritten, and"
                                + " has the body of a rewritten " + body.name),
                        null);
            }
        }
        type.methods.addAll(bodies);
    }

    private void warnOfLargeBodies() {
        for (Large candidate : large) {
            // The last of a body's instructions is its end: sizes before it is written are those of the longest forms.
            int size = ((LabelNode) candidate.body().instructions.getLast()).getLabel().getOffset();
            if (size > SizeLimits.LARGEST_COMPILED) {
                suspicions.neverCompiled(candidate.method(), candidate.location(), size);
            }
        }
        diagnostics.sort(Comparator.comparingInt(d -> d.location().line()));
    }

    /** What is wrong with a class file that was written before; null if nothing is. */
    static String problemOf(byte[] classFile) {
        try {
            WovenVerifier.verifyForeign(classFile);
            return null;
        } catch (AnalyzerException | RuntimeException | StackOverflowError | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What is being worked on: a method, or between methods the class. */
    SourceLocation where() {
        return current == null ? SourceLocations.of(type) : SourceLocations.of(type, current);
    }

    private List<SuspendingMethod> findAndCheck() throws AnalyzerException {
        MethodClassifier classifier = new MethodClassifier(type);
        Rules rules = new Rules(type, diagnostics::add);
        List<SuspendingMethod> methods = new ArrayList<>();
        for (MethodNode method : type.methods) {
            current = method;
            boolean annotated = MethodClassifier.isAnnotated(method);
            if (method.instructions.size() == 0 && (method.access & Opcodes.ACC_NATIVE) == 0) {
                continue; // abstract: the annotation tells implementors
            }
            checkMethodReferences(method, rules);
            String complexity = Complexity.problemOf(method);
            if (complexity != null) {
                if (annotated || SuspensionPointFinder.mayHavePoints(method)) {
                    throw new TooComplexException(complexity);
                }
                continue;
            }
            SuspensionPointFinder.Found found = SuspensionPointFinder.find(type.name, method, hierarchy);
            found.mixed().forEach(call -> rules.mixedIterators(method, call));
            boolean lambda = classifier.isLambdaBody(method) && !found.points().isEmpty();
            ReturnShape shape = annotated || lambda ? MethodClassifier.shapeOf(method) : null;
            if (annotated || lambda && shape != null) {
                rules.checkSuspending(method, shape, found.points());
                if (shape != null) {
                    ResourceExitFinder.Found exits =
                            ResourceExitFinder.find(type.name, method, found.points(), hierarchy);
                    rules.checkResources(method, found.points(), exits.exits());
                    exits.unclear().forEach(close -> rules.unclearExit(method, close));
                    methods.add(new SuspendingMethod(method, shape, found.points(), exits.exits(), found.tails()));
                }
            } else {
                rules.checkOther(method, found.points());
            }
            suspicions.check(method, shape, found.points());
            if (shape != null) {
                suspicions.unknownResources(method, found.unknown());
            }
        }
        return methods;
    }

    private void checkMethodReferences(MethodNode method, Rules rules) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof InvokeDynamicInsnNode indy) {
                for (Object argument : indy.bsmArgs) {
                    if (argument instanceof Handle h
                            && SuspensionPointFinder.kindOf(h, hierarchy) != null) {
                        rules.methodReference(
                                method, insn, h.getOwner().substring(h.getOwner().lastIndexOf('/') + 1) + "::" + h.getName());
                    }
                }
            }
        }
    }

    /** Turns {@code method} into its stub; returns its body. */
    private MethodNode rewrite(SuspendingMethod method) {
        SizeLimits.refuseIfComplex(Complexity.problemOf(method.node()));
        limits.refuseIfHuge(method.node(), SizeLimits.smallestSizeOf(method.node()) + SizeLimits.LEAST_PER_POINT * method.points().size());
        int sizeBefore = machines == null ? 0 : SizeLimits.sizeOf(method.node()); // before exits are rewritten, in place
        boolean inInterface = (type.access & Opcodes.ACC_INTERFACE) != 0;
        Body body = LocalShifter.shift(
                type.name, ExitRewriter.rewrite(type.name, method), frameOf.get(method.node()));
        CallFuser.fuse(body, callable);
        UninitializedNewMover.move(body);
        StackSpiller.spill(body);
        HandlerTracer.trace(body);
        SizeLimits.refuseIfComplex(Complexity.problemOfRewritten(body.code()));
        limits.refuseIfHuge(method.node(), SizeLimits.smallestSizeOf(body.code()));
        TypedFrames types = TypedFrames.of(type.name, body.code(), LocalShifter.entryLocals(body));
        Liveness liveness = Liveness.of(body.code());
        BlockGraph graph = BlockGraph.of(body.code(), body.points());
        FrameLayout layout = FrameLayout.of(body, types, liveness);
        SavePlan saves = SavePlan.of(body, graph, layout);
        YieldTypes yields = YieldTypes.of(body, graph);
        BodyEmitter emitter = null;
        MethodNode emitted = null;
        ControlGraph control = null;
        for (Attempt attempt : Attempt.values()) {
            control = ControlGraph.of(body, graph, attempt.copies);
            emitter = new BodyEmitter(
                    body, graph, control, layout, saves, types, liveness, yields, inInterface, attempt.small);
            emitted = emitter.emit();
            if (SizeLimits.sizeOf(emitted) <= SizeLimits.LARGEST_COMPILED) {
                break;
            }
        }
        limits.refuseIfParametersAreTooMany(
                method.node(), emitted, body.kind().isCold() ? FrameClassEmitter.constructor(body, layout) : null);
        limits.refuseIfHuge(method.node(), SizeLimits.smallestSizeOf(emitted));
        emitted.maxStack = body.code().maxStack + 8; // until it is written; what is inserted takes fewer
        SizeLimits.refuseIfComplex(Complexity.problemOfRewritten(emitted));
        if (storm != null) {
            limits.refuseIfHuge(method.node(), SizeLimits.sizeOf(emitted)); // one method alone, which the class file's writer could not
        } else if (SizeLimits.sizeOf(emitted) > SizeLimits.LARGEST_COMPILED) {
            large.add(new Large(method.node(), emitted, SourceLocations.of(type, method.node())));
        }
        StubEmitter.emit(method.node(), body, layout, inInterface);
        byte[] frame = new FrameClassEmitter(
                        body, layout, yields, emitted, emitter.tailLines(), emitter.saveMethods(), inInterface, type.sourceFile)
                .emit();
        frames.put(body.frameName(), frame);
        if (machines != null) {
            machines.add(StateMachines.of(body, layout, control, sizeBefore, SizeLimits.sizeOf(emitted), frame.length));
        }
        return emitted;
    }

    private void mark() {
        if (type.invisibleAnnotations == null) {
            type.invisibleAnnotations = new ArrayList<>();
        }
        type.invisibleAnnotations.add(new AnnotationNode(RuntimeSymbols.WOVEN));
    }
}
