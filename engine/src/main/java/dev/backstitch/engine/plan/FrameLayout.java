package dev.backstitch.engine.plan;

import dev.backstitch.engine.flow.Insns;
import dev.backstitch.engine.flow.Liveness;
import dev.backstitch.engine.flow.TypedFrames;
import dev.backstitch.engine.model.Body;
import dev.backstitch.engine.model.SuspensionPoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which locals each state saves, and in which typed slots of the frame.
 *
 * <p>A state saves the locals that live over its suspension. Locals that never live at the same state share a slot; a
 * slot has the exact type of what it holds where that is one type, so that no cast is needed to restore it.
 */
public final class FrameLayout {

    /**
     * A local of one state.
     *
     * @param local its index in the body
     * @param type its verification type there
     * @param slot its slot; -1 for a local that is known to be null
     */
    public record Saved(int local, Object type, int slot) {}

    /**
     * A field of the frame class.
     *
     * @param name its name
     * @param descriptor its type; {@code Object} where it holds several
     */
    public record Slot(String name, String descriptor) {
        public boolean isReference() {
            return descriptor.length() > 1;
        }
    }

    private static final String OBJECT = "Ljava/lang/Object;";

    private final Body body;
    private final boolean keepsReceiver;
    private final Set<String> named;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, List<Saved>> states = new HashMap<>();

    private FrameLayout(Body body, TypedFrames types, Liveness liveness) {
        this.body = body;
        this.named = NamedTypes.of(body.code());
        Map<Integer, Map<Integer, Object>> live = new HashMap<>();
        if (body.kind().isCold()) {
            live.put(0, liveParameters(liveness));
        }
        for (SuspensionPoint point : body.points()) {
            live.put(point.state(), liveAt(point, types, liveness));
        }
        this.keepsReceiver = body.hasReceiver()
                && !storesReceiver()
                && !wouldBeSetter(body)
                && live.values().stream().allMatch(state -> state.containsKey(0));
        if (keepsReceiver) {
            live.values().forEach(state -> state.remove(0));
        }
        assignSlots(live);
    }

    /**
     * Whether an instance method that takes nothing but the frame would be a setter to serialisers, which look at methods
     * of any access, by their names. A static one is none.
     */
    private static boolean wouldBeSetter(Body body) {
        String name = body.code().name;
        return !body.onDemand() && (name.startsWith("set") || name.startsWith("with"));
    }

    /** Plans the frame of {@code body}. */
    public static FrameLayout of(Body body, TypedFrames types, Liveness liveness) {
        return new FrameLayout(body, types, liveness);
    }

    private Map<Integer, Object> liveParameters(Liveness liveness) {
        Map<Integer, Object> live = new java.util.TreeMap<>();
        List<Type> parameters = body.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            int local = body.parameterLocal(i);
            if (liveness.before(0).get(local)) {
                live.put(local, Insns.verificationType(parameters.get(i)));
            }
        }
        return live;
    }

    private Map<Integer, Object> liveAt(SuspensionPoint point, TypedFrames types, Liveness liveness) {
        MethodNode code = body.code();
        int index = code.instructions.indexOf(point.call());
        BitSet locals = (BitSet) liveness.before(index + 1).clone();
        for (TryCatchBlockNode region : code.tryCatchBlocks) {
            if (code.instructions.indexOf(region.start) <= index && index < code.instructions.indexOf(region.end)) {
                locals.or(liveness.before(code.instructions.indexOf(region.handler)));
            }
        }
        locals.clear(body.frameLocal() + 1 - body.inserted(), body.frameLocal() + 1);
        Map<Integer, Object> live = new java.util.TreeMap<>();
        for (int local = locals.nextSetBit(0); local >= 0; local = locals.nextSetBit(local + 1)) {
            Object type = types.local(index, local);
            if (TypedFrames.isUninitialized(type)) {
                throw new IllegalStateException("uninitialised object in local " + local + " at a suspension point");
            }
            if (type != Opcodes.TOP) {
                live.put(local, type);
            }
        }
        return live;
    }

    private boolean storesReceiver() {
        for (var insn : body.code().instructions) {
            if (insn instanceof VarInsnNode var && var.var == 0 && Liveness.isStore(var.getOpcode())) {
                return true;
            }
        }
        return false;
    }

    /** A local with values of one primitive type, of castable classes, or of one other class: what gets a slot. */
    private record Web(int local, String kind) {}

    private void assignSlots(Map<Integer, Map<Integer, Object>> live) {
        Map<Web, BitSet> states = new java.util.LinkedHashMap<>();
        Map<Web, String> descriptors = new HashMap<>();
        for (int state : new java.util.TreeSet<>(live.keySet())) {
            live.get(state).forEach((local, type) -> {
                if (type != Opcodes.NULL) {
                    Web web = webOf(local, type);
                    states.computeIfAbsent(web, w -> new BitSet()).set(state);
                    descriptors.merge(web, Insns.descriptor(type), (a, b) -> a.equals(b) ? a : OBJECT);
                }
            });
        }
        Map<Web, Integer> slotOf = new HashMap<>();
        List<BitSet> used = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (Web web : states.keySet()) {
            int slot = freeSlot(web, states.get(web), descriptors.get(web), used, types);
            used.get(slot).or(states.get(web));
            slotOf.put(web, slot);
        }
        for (int i = 0; i < types.size(); i++) {
            slots.add(new Slot("$" + i, types.get(i)));
        }
        live.forEach((state, locals) -> {
            List<Saved> saved = new ArrayList<>();
            locals.forEach((local, type) -> saved.add(new Saved(
                    local, type, type == Opcodes.NULL ? -1 : slotOf.get(webOf(local, type)))));
            this.states.put(state, saved);
        });
    }

    /**
     * Whether a reference of this type may share a slot with others, from which a cast restores it. A cast needs access to
     * the class; the type of a local may be one that the method never names and must not. The JDK has such classes too,
     * and a compiler finds them as what two others have in common.
     */
    private boolean isCastable(String descriptor) {
        String element = descriptor.substring(descriptor.lastIndexOf('[') + 1);
        if (descriptor.length() == 1) {
            return false;
        }
        String owner = body.owner();
        String ownPackage = "L" + owner.substring(0, owner.lastIndexOf('/') + 1);
        return element.length() == 1
                || element.startsWith("Ljava/") && (element.equals(OBJECT) || named.contains(element))
                || element.startsWith(ownPackage) && element.lastIndexOf('/') < ownPackage.length();
    }

    private Web webOf(int local, Object type) {
        String descriptor = Insns.descriptor(type);
        return new Web(local, isCastable(descriptor) ? OBJECT : descriptor);
    }

    private int freeSlot(
            Web web, BitSet states, String descriptor, List<BitSet> used, List<String> types) {
        int mixed = -1;
        for (int i = 0; i < types.size(); i++) {
            boolean fits = types.get(i).equals(descriptor) || isCastable(types.get(i)) && isCastable(descriptor);
            if (fits && !used.get(i).intersects(states)) {
                if (types.get(i).equals(descriptor)) {
                    return i;
                }
                mixed = mixed < 0 ? i : mixed;
            }
        }
        if (mixed >= 0) {
            types.set(mixed, OBJECT);
            return mixed;
        }
        types.add(descriptor);
        used.add(new BitSet());
        return types.size() - 1;
    }

    /** The typed slots. */
    public List<Slot> slots() {
        return slots;
    }

    /** What {@code state} saves; state 0, of a cold body, the parameters it needs. */
    public List<Saved> saved(int state) {
        return states.getOrDefault(state, List.of());
    }

    /** Whether the body stays an instance method, because every state needs the receiver. */
    public boolean keepsReceiver() {
        return keepsReceiver;
    }
}
