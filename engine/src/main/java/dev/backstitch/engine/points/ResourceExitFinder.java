package dev.backstitch.engine.points;

import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.model.PointKind;
import dev.backstitch.engine.model.ResourceExit;
import dev.backstitch.engine.model.ResourceExit.Suppression;
import dev.backstitch.engine.model.SuspensionPoint;
import dev.backstitch.engine.points.Provenance.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * What each awaited {@code close()} of a method does to the exception under way: undoes what compilers make of
 * try-with-resources.
 *
 * <p>javac and ECJ differ, and javac differs from its own past, but in all of them what a close throws while an exception
 * is under way is caught and added to that exception as suppressed. So the exception under way is told by dataflow:
 *
 * <pre>
 *     body                                           covered by X
 *     r.close()            n: the body's normal end
 *     goto end
 *   X: t = caught
 *     r.close()            c: covered by H           after it, t is thrown
 *     throw t
 *   H: u = caught
 *     t.addSuppressed(u)
 *     throw t
 * </pre>
 *
 * <p>At a close {@code c}, that is the local {@code t} if (1) what {@code c} throws is caught by a handler {@code H} which
 * adds it to {@code t}; (2) {@code t} may hold what other handlers {@code X} have caught, with {@code r} the same resource
 * there as at {@code c}; (3) once {@code c} has ended, whatever happens ends in a throw of something caught. Any other
 * close, such as those at the body's end and at each exit by {@code return}, {@code break} or {@code continue}, and those
 * the program itself writes, has no exception under way.
 *
 * <p>The statement's normal end is behind {@code n}: the last close of the same resource in front of {@code X} with nothing
 * between the two that {@code X} covers, returns or throws. It is there unless the body's end cannot be reached.
 */
public final class ResourceExitFinder {
    private final InsnList code;
    private final Regions regions;
    private final Closes kinds;
    private final Provenance values;
    private final Provenance pushes;
    private final TypedFrames types;
    private final Liveness liveness;
    private final Map<MethodInsnNode, Failure> failures = new IdentityHashMap<>();
    private final Set<MethodInsnNode> awaited = new LinkedHashSet<>();
    private final List<MethodInsnNode> unclear = new ArrayList<>();

    private ResourceExitFinder(
            String owner, MethodNode method, List<SuspensionPoint> closes, TypeHierarchy hierarchy)
            throws AnalyzerException {
        code = method.instructions;
        regions = new Regions(method);
        kinds = new Closes(owner, method, hierarchy);
        values = Provenance.of(owner, method);
        pushes = Provenance.ofPushes(owner, method);
        types = TypedFrames.of(owner, method);
        liveness = Liveness.of(method);
        closes.forEach(p -> awaited.add(p.call()));
        for (MethodInsnNode close : awaited) {
            Failure failure = failureAt(close);
            if (failure != null) {
                failures.put(close, failure);
            }
        }
    }

    /**
     * What was found.
     *
     * @param exits one for each point of kind {@code CLOSE}
     * @param unclear closes whose meaning cannot be told
     */
    public record Found(List<ResourceExit> exits, List<MethodInsnNode> unclear) {}

    /** Looks at the closes among {@code points}, those of {@code method}, of class {@code owner}. */
    public static Found find(String owner, MethodNode method, List<SuspensionPoint> points, TypeHierarchy hierarchy)
            throws AnalyzerException {
        List<SuspensionPoint> closes =
                points.stream().filter(p -> p.kind() == PointKind.CLOSE).toList();
        if (closes.isEmpty()) {
            return new Found(List.of(), List.of());
        }
        ResourceExitFinder finder = new ResourceExitFinder(owner, method, closes, hierarchy);
        return new Found(closes.stream().map(finder::exitAt).toList(), finder.unclear);
    }

    /**
     * The exception that is under way at a close.
     *
     * @param local holds it
     * @param bodies the handlers that caught it
     * @param handler catches what the close throws; null if that is done elsewhere
     */
    private record Failure(int local, Set<LabelNode> bodies, LabelNode handler) {}

    private ResourceExit exitAt(SuspensionPoint point) {
        Failure failure = failures.get(point.call());
        if (failure == null) {
            return ResourceExit.plain(point);
        }
        List<Suppression> suppressions = new ArrayList<>();
        if (failure.handler != null) {
            if (regions.firstCaughtBy(failure.handler).stream().anyMatch(i -> isOther(i, failure))) {
                unclear.add(point.call());
            }
            suppressionsIn(failure.handler).forEach(call -> suppressions.add(suppression(call, failure, point.call())));
        }
        if (!types.stack(code.indexOf(point.call()) + 1).isEmpty()) {
            unclear.add(point.call());
        }
        Set<AbstractInsnNode> held = values.local(point.call(), failure.local);
        return new ResourceExit(
                point, failure.local, !failure.bodies.containsAll(held), failure.bodies, endOf(point.call(), failure),
                suppressions, kinds.preventsYields(point.call()));
    }

    // ---------------------------------------------------------------- the exception under way

    private Failure failureAt(MethodInsnNode close) {
        boolean shared = Closes.isShared(close);
        Place resource = pushes.placeOf(close, 0);
        if (resource == null) {
            return null; // dead code, or no variable: not a resource of a try statement
        }
        LabelNode handler = shared ? null : regions.firstCatching(code.indexOf(close));
        List<MethodInsnNode> suppressions = handler == null ? List.of() : suppressionsIn(handler);
        if (!shared && suppressions.isEmpty()) {
            return null;
        }
        int local = shared ? pushes.loadedFrom(close, 1) : pushes.loadedFrom(suppressions.get(0), 1);
        if (local < 0) {
            return null;
        }
        Set<AbstractInsnNode> held = values.local(close, local);
        if (held.contains(handler)) {
            return null; // what is added to itself, turn after turn, is a collection of failures
        }
        Set<LabelNode> bodies = new LinkedHashSet<>();
        for (AbstractInsnNode source : held) {
            if (source instanceof LabelNode body && isHeld(resource, close, body)) {
                bodies.add(body);
            }
        }
        if (bodies.isEmpty() || !endsInThrow(close)) {
            return null;
        }
        for (MethodInsnNode call : suppressions) {
            if (values.below(call, 0).insns.size() > 1 || pushes.loadedFrom(call, 1) != local) {
                unclear.add(close);
            }
        }
        return new Failure(local, bodies, handler);
    }

    /** The calls of {@code addSuppressed} with what {@code handler} caught. */
    private List<MethodInsnNode> suppressionsIn(LabelNode handler) {
        List<MethodInsnNode> calls = new ArrayList<>();
        for (AbstractInsnNode insn : code) {
            if (isAddSuppressed(insn)) {
                var added = values.below(insn, 0);
                if (added != null && added.insns.contains(handler)) {
                    calls.add((MethodInsnNode) insn);
                }
            }
        }
        return calls;
    }

    private static boolean isAddSuppressed(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && call.name.equals("addSuppressed")
                && call.desc.equals("(Ljava/lang/Throwable;)V");
    }

    /** Whether {@code resource} is at the start of {@code handler} what {@code close} closes. */
    private boolean isHeld(Place resource, MethodInsnNode close, LabelNode handler) {
        return isSame(resource, close, handler)
                && (resource.local() < 0 || types.local(code.indexOf(handler), resource.local()) != Opcodes.TOP);
    }

    /** Whether a variable, which if it is a field is final, has the same value at two places. */
    private boolean isSame(Place resource, AbstractInsnNode a, AbstractInsnNode b) {
        return resource.local() < 0 || values.local(a, resource.local()).equals(values.local(b, resource.local()));
    }

    /** Whether all that can follow {@code insn}, if that throws nothing, is the throw of something that was caught. */
    private boolean endsInThrow(AbstractInsnNode insn) {
        List<AbstractInsnNode> ends = endsBehind(insn);
        return !ends.isEmpty() && ends.stream().allMatch(this::throwsCaught);
    }

    private boolean throwsCaught(AbstractInsnNode insn) {
        if (insn.getOpcode() != Opcodes.ATHROW) {
            return false;
        }
        Set<AbstractInsnNode> thrown = values.below(insn, 0).insns;
        return thrown.stream().allMatch(s -> s instanceof LabelNode || s.getOpcode() == Opcodes.ACONST_NULL)
                && thrown.stream().anyMatch(LabelNode.class::isInstance);
    }

    /** The returns and throws that are reached from behind {@code insn} without an exception on the way. */
    private List<AbstractInsnNode> endsBehind(AbstractInsnNode insn) {
        List<AbstractInsnNode> ends = new ArrayList<>();
        between(insn).forEach(i -> {
            if (Liveness.successorsOf(code, i).isEmpty()) {
                ends.add(code.get(i));
            }
        });
        return ends;
    }

    /** All that can follow {@code insn} if nothing is thrown. */
    private Collection<Integer> between(AbstractInsnNode insn) {
        Set<Integer> seen = new LinkedHashSet<>(Liveness.successorsOf(code, code.indexOf(insn)));
        Deque<Integer> work = new ArrayDeque<>(seen);
        while (!work.isEmpty()) {
            for (int next : Liveness.successorsOf(code, work.pop())) {
                if (seen.add(next)) {
                    work.push(next);
                }
            }
        }
        return seen;
    }

    // ---------------------------------------------------------------- what the close throws

    /** Whether instruction {@code index} may throw something that is rightly added to the exception under way. */
    private boolean isOther(int index, Failure failure) {
        AbstractInsnNode insn = code.get(index);
        if (!(insn instanceof MethodInsnNode call) || isAddSuppressed(insn)) {
            return false;
        }
        Failure here = failures.get(call);
        boolean underWay = values.local(insn, failure.local).stream().anyMatch(LabelNode.class::isInstance);
        return underWay && here == null;
    }

    private Suppression suppression(MethodInsnNode call, Failure failure, MethodInsnNode close) {
        boolean throwsLocal = endsBehind(call).stream()
                .allMatch(end -> end.getOpcode() == Opcodes.ATHROW && pushes.loadedFrom(end, 0) == failure.local);
        if (!throwsLocal
                && (!endsInThrow(call)
                        || between(call).stream().anyMatch(i -> code.get(i) instanceof MethodInsnNode))) {
            unclear.add(close);
        }
        return new Suppression(call, !throwsLocal);
    }

    // ---------------------------------------------------------------- the normal end

    private AbstractInsnNode endOf(MethodInsnNode close, Failure failure) {
        AbstractInsnNode end = null;
        for (LabelNode body : failure.bodies) {
            AbstractInsnNode last = lastPlainClose(close, body);
            if (last != null
                    && isNormalEnd(last, body)
                    && hasItsLocals(close, last, failure.local)
                    && (end == null || code.indexOf(last) > code.indexOf(end))) {
                end = last;
            }
        }
        return end;
    }

    private AbstractInsnNode lastPlainClose(MethodInsnNode close, LabelNode before) {
        MethodInsnNode last = null;
        Place resource = pushes.placeOf(close, 0);
        for (MethodInsnNode other : awaited) {
            if (!failures.containsKey(other)
                    && code.indexOf(other) < code.indexOf(before)
                    && resource.equals(pushes.placeOf(other, 0))
                    && isSame(resource, close, other)
                    && (last == null || code.indexOf(other) > code.indexOf(last))) {
                last = other;
            }
        }
        return last;
    }

    private boolean isNormalEnd(AbstractInsnNode close, LabelNode handler) {
        for (AbstractInsnNode insn = close.getNext(); insn != handler; insn = insn.getNext()) {
            int opcode = insn.getOpcode();
            boolean leaves = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW;
            if (leaves || opcode >= 0 && regions.covers(handler, code.indexOf(insn))) {
                return false;
            }
        }
        return types.stack(code.indexOf(close) + 1).isEmpty();
    }

    /** Whether all that may be read behind {@code end} has a value at {@code close} too. */
    private boolean hasItsLocals(AbstractInsnNode close, AbstractInsnNode end, int failure) {
        int from = code.indexOf(close);
        int to = code.indexOf(end) + 1;
        BitSet read = (BitSet) liveness.before(to).clone();
        read.clear(failure);
        return read.stream().allMatch(local -> TypedFrames.merged(types.local(to, local), types.local(from, local))
                        != Opcodes.TOP
                || types.local(to, local) == Opcodes.TOP);
    }
}
