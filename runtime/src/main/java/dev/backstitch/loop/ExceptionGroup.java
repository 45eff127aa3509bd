package dev.backstitch.loop;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Several unrelated exceptions thrown as one: PEP 654. What a {@link TaskGroup} whose tasks failed throws. Groups nest.
 *
 * <p>One class stands for Python's two: the members may be any {@link Throwable}, {@link Error}s included, and the group
 * is an {@link Exception}. Its members are its suppressed exceptions too, so that what knows nothing of groups, a logger
 * for one, shows them; {@link #printStackTrace()} shows each with its own trace and the name of its task.
 *
 * <p>Immutable but for what every {@link Throwable} lets change.
 */
public class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final List<Throwable> exceptions;
    /** By the position of the member, the name of the task that failed with it; null where that was no task. */
    private transient Map<Integer, String> tasks = Map.of();
    /** The same for a group and all that is split from it, and for no other. */
    private transient Object origin = new Object();

    /**
     * A group of {@code exceptions}, in their order.
     *
     * @param message what they have in common; may be empty
     * @throws IllegalArgumentException if there are none
     */
    public ExceptionGroup(String message, Collection<? extends Throwable> exceptions) {
        super(Objects.requireNonNull(message, "message"));
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("an ExceptionGroup needs at least one exception");
        }
        this.message = message;
        this.exceptions = List.copyOf(exceptions);
        for (Throwable member : this.exceptions) {
            addSuppressed(member);
        }
    }

    /** A group whose members at the positions that {@code tasks} has are the failures of the tasks of that name. */
    ExceptionGroup(String message, Collection<? extends Throwable> exceptions, Map<Integer, String> tasks) {
        this(message, exceptions);
        this.tasks = Map.copyOf(tasks);
    }

    /** The message as it was given, and how many members there are. */
    @Override
    public String getMessage() {
        return message + " (" + exceptions.size() + (exceptions.size() == 1 ? " sub-exception)" : " sub-exceptions)");
    }

    /** The message as it was given. */
    public final String message() {
        return message;
    }

    /** The members, groups among them; unmodifiable, never empty. */
    public final List<Throwable> exceptions() {
        return exceptions;
    }

    /** The exceptions that are no groups, of this group and of those in it, in order. */
    public final List<Throwable> leaves() {
        return leaves(Throwable.class);
    }

    /** The {@link #leaves()} that are a {@code type}. */
    public final <X extends Throwable> List<X> leaves(Class<X> type) {
        List<X> leaves = new ArrayList<>();
        List<Throwable> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            Throwable next = open.remove(open.size() - 1);
            if (next instanceof ExceptionGroup group) {
                for (int i = group.exceptions.size() - 1; i >= 0; i--) {
                    open.add(group.exceptions.get(i));
                }
            } else if (type.isInstance(next)) {
                leaves.add(type.cast(next));
            }
        }
        return Collections.unmodifiableList(leaves);
    }

    /** The name of the task that failed with the member at {@code index}; null when it is not a task's failure. */
    public final String taskName(int index) {
        Objects.checkIndex(index, exceptions.size());
        return tasks == null ? null : tasks.get(index);
    }

    // ---------------------------------------------------------------- parts

    /**
     * A group like this one with other members: what {@link #split} makes the parts by. A subclass overrides it to make
     * parts of its own type; trace, cause and suppressed exceptions are copied afterwards.
     *
     * @param members never empty
     */
    protected ExceptionGroup derive(List<Throwable> members) {
        return new ExceptionGroup(message, members);
    }

    /** {@link #derive}, with the trace, the cause and the names of this group; {@code kept} has the old positions. */
    final ExceptionGroup part(List<Throwable> members, List<Integer> kept) {
        ExceptionGroup part = Objects.requireNonNull(derive(members), "derive() returned null");
        part.origin = origin;
        part.setStackTrace(getStackTrace());
        if (getCause() != null && part.getCause() == null) {
            part.initCause(getCause());
        }
        suppressedOthers().forEach(part::addSuppressed);
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            String name = taskName(kept.get(i));
            if (name != null) {
                names.put(i, name);
            }
        }
        part.tasks = names;
        return part;
    }

    /** What has been suppressed since this was made; the members, which come first, are not among it. */
    final List<Throwable> suppressedOthers() {
        List<Throwable> all = List.of(getSuppressed());
        return all.subList(Math.min(exceptions.size(), all.size()), all.size());
    }

    /** Whether one of the two was split from the other, or both from a third. */
    final boolean isPartOf(ExceptionGroup other) {
        return origin != null && origin == other.origin;
    }

    /**
     * The part that matches, the groups around it kept; null when there is none.
     *
     * @param condition asked for this group, then for its members; what a group matches, all in it does
     */
    public final ExceptionGroup subgroup(Predicate<? super Throwable> condition) {
        return split(condition).match();
    }

    /** As {@link #subgroup(Predicate)}, for the exceptions that are a {@code type}. */
    public final ExceptionGroup subgroup(Class<? extends Throwable> type) {
        return subgroup((Predicate<Throwable>) type::isInstance);
    }

    /** Both parts of this group: as {@link #subgroup(Predicate)}, and what that leaves out. */
    public final Split split(Predicate<? super Throwable> condition) {
        return GroupSplit.of(this, condition);
    }

    /** As {@link #split(Predicate)}, for the exceptions that are a {@code type}. */
    public final Split split(Class<? extends Throwable> type) {
        return split((Predicate<Throwable>) type::isInstance);
    }

    /**
     * A group in two.
     *
     * @param match what matched; null when nothing did
     * @param rest what did not; null when all did
     */
    public record Split(ExceptionGroup match, ExceptionGroup rest) {}

    // ---------------------------------------------------------------- handling by type

    /** What is done about the exceptions of one type. */
    @FunctionalInterface
    public interface Handler {
        /** Gets them, in the structure they were thrown in. What it throws is thrown on, together with what nobody handled. */
        void handle(ExceptionGroup part) throws Throwable;
    }

    /** One {@code except*} clause; see {@link #on}. */
    public static final class Clause {
        final List<Class<? extends Throwable>> types;
        final Handler handler;

        Clause(List<Class<? extends Throwable>> types, Handler handler) {
            this.types = List.copyOf(types);
            this.handler = Objects.requireNonNull(handler, "handler");
            for (Class<?> type : types) {
                if (ExceptionGroup.class.isAssignableFrom(type)) {
                    throw new IllegalArgumentException("a clause is for what groups hold, not for groups: " + type.getName());
                }
            }
        }

        boolean matches(Throwable t) {
            for (Class<?> type : types) {
                if (type.isInstance(t)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A clause of {@link #handle(Throwable, Clause...)}: {@code except* type}. */
    public static Clause on(Class<? extends Throwable> type, Handler handler) {
        return new Clause(List.of(type), handler);
    }

    /** A clause for several types: {@code except* (A, B)}. */
    public static Clause on(List<Class<? extends Throwable>> types, Handler handler) {
        return new Clause(types, handler);
    }

    /**
     * Handles {@code thrown}, a group or not, as Python's {@code except*} clauses do: each clause in turn gets the part of
     * what is left that is of its type. Returns when all was handled and no handler threw; otherwise throws
     * <ul>
     * <li>what no clause took, and the parts that a handler threw on as they were, regrouped in the structure of {@code thrown};
     * <li>when a handler threw something else, that; with more than one exception to throw, a group of them.
     * </ul>
     *
     * <p>An exception that is no group reaches its handler in a group of one, without a message.
     */
    public static void handle(Throwable thrown, Clause... clauses) {
        Throwable left = ExceptStar.handle(Objects.requireNonNull(thrown, "thrown"), clauses);
        if (left != null) {
            throw Sneaky.thrown(left);
        }
    }

    /** {@code handle(this, on(type, handler))}. */
    public final void handle(Class<? extends Throwable> type, Handler handler) {
        handle(this, on(type, handler));
    }

    // ---------------------------------------------------------------- printing

    /** Prints the trace of this group, then each member with its own and the name of its task. */
    @Override
    public void printStackTrace(PrintStream stream) {
        stream.print(GroupPrinter.print(this));
    }

    /** As {@link #printStackTrace(PrintStream)}. */
    @Override
    public void printStackTrace(PrintWriter writer) {
        writer.print(GroupPrinter.print(this));
    }
}
