package dev.backstitch.tests.leaks;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What generated programs call: they tell which activation is where, and make the markers that are looked for. */
public final class LeakRig {
    /** An object that a variable of an activation holds. */
    public static class Marker {}

    /** A call of a generated method, from its start to its end. */
    static final class Activation {
        final String method;
        int point;
        String operand;
        boolean ended;

        Activation(String method) {
            this.method = method;
        }
    }

    /**
     * A marker that was made.
     *
     * @param name the variable it was made for; that of an operand names the point at which it is on the stack
     */
    record Made(Activation activation, String name, WeakReference<Marker> marker) {}

    /** What somebody keeps who has no further use for it. */
    private static final List<Object> KEPT = new ArrayList<>();
    /** Where the futures go that the program is going to wait for. */
    private static Queue<CompletableFuture<Object>> pending;

    private static final List<Activation> ACTIVATIONS = new ArrayList<>();
    private static final Map<Integer, List<Made>> MADE = new HashMap<>();

    private LeakRig() {}

    /** A new activation of {@code method}. */
    public static int enter(String method) {
        ACTIVATIONS.add(new Activation(method));
        return ACTIVATIONS.size() - 1;
    }

    /** The activation is about to reach a suspension. */
    public static void at(int activation, int point) {
        at(activation, null, point);
    }

    /** The same, with the value of a variable as an operand of the expression that suspends. */
    public static void at(int activation, String operand, int point) {
        ACTIVATIONS.get(activation).point = point;
        ACTIVATIONS.get(activation).operand = operand;
    }

    /** The activation ends. */
    public static void end(int activation) {
        ACTIVATIONS.get(activation).ended = true;
    }

    /** A marker for a variable. */
    public static Marker m(int activation, String name) {
        return own(activation, name, new Marker());
    }

    /** The same marker, from now on that of another variable; a new one if {@code marker} is none. */
    public static Marker own(int activation, String name, Object marker) {
        Marker owned = marker instanceof Marker given ? given : new Marker();
        MADE.values().forEach(all -> all.removeIf(made -> made.marker.get() == owned));
        MADE.computeIfAbsent(activation, a -> new ArrayList<>())
                .add(new Made(ACTIVATIONS.get(activation), name, new WeakReference<>(owned)));
        return owned;
    }

    /** A marker that comes from outside, and is gone with the next suspension unless the program {@link #own}s it. */
    static Marker sent() {
        int activation = enter("outside");
        end(activation);
        return m(activation, "sent");
    }

    /** A future that is completed later, by who drives the program. */
    public static CompletableFuture<Object> pending() {
        var future = new CompletableFuture<Object>();
        pending.add(future);
        return future;
    }

    /** Has {@link #pending()} add to {@code queue}. */
    static void pendingIn(Queue<CompletableFuture<Object>> queue) {
        pending = queue;
    }

    /** Keeps what a method returned. */
    public static <T> T keep(T made) {
        KEPT.add(made);
        return made;
    }

    /** Keeps nothing any more. */
    static void clear() {
        KEPT.clear();
    }

    /** Uses what it is given, and keeps nothing. */
    public static int use(Object... values) {
        return values.length;
    }

    /** Known to nobody before it runs. */
    public static boolean unknown(int n) {
        return (n * 0x9e3779b9 >>> 7 & 1) == 0;
    }

    /** All markers, the newest of a variable last; those that are gone are forgotten. */
    static List<Made> left() {
        MADE.values().forEach(all -> all.removeIf(made -> made.marker.get() == null));
        MADE.values().removeIf(List::isEmpty);
        return MADE.values().stream().flatMap(List::stream).toList();
    }

    static int made() {
        return MADE.values().stream().mapToInt(List::size).sum();
    }

    static int activations() {
        return ACTIVATIONS.size();
    }
}
