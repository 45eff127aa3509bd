package dev.backstitch.loop;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A variable that each task has a value of its own for: Python's {@code ContextVar} (PEP 567). A task starts with a copy of
 * its creator's values, a callback with those of who scheduled it; what it sets is seen by the coroutines and generators
 * it runs, and by nobody else. {@link Context} holds the values.
 *
 * <pre>
 *   static final ContextVar&lt;String&gt; USER = new ContextVar&lt;&gt;("user");
 *   ...
 *   USER.set("ada");
 * </pre>
 *
 * <p>Thread-safe: each thread, and on a loop's thread each task, sees its own context. Keep variables in static fields:
 * contexts hold them strongly.
 *
 * @param <T> the type of the value, which may be null
 */
public final class ContextVar<T> {
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Which one this is in the order of creation: its key in a {@link ContextMap}. */
    final long number = NUMBERS.getAndIncrement();

    private final String name;
    private final Object initial;

    /** A variable without a value. {@code name} is for messages. */
    public ContextVar(String name) {
        this(ContextMap.MISSING, name);
    }

    /** A variable that is {@code initial}, which may be null, in every context that does not set it. */
    public ContextVar(String name, T initial) {
        this(initial, name);
    }

    private ContextVar(Object initial, String name) {
        this.name = Objects.requireNonNull(name, "name");
        this.initial = initial;
    }

    /** The name given. */
    public String name() {
        return name;
    }

    /**
     * The value in the current context.
     *
     * @throws NoSuchElementException if it has none and there is no initial one
     */
    public T get() {
        Object value = Contexts.currentMap().get(this);
        if (value == ContextMap.MISSING) {
            value = initial;
            if (value == ContextMap.MISSING) {
                throw new NoSuchElementException(this + " has no value in the current context");
            }
        }
        return cast(value);
    }

    /** The value in the current context; {@code other}, not the initial one, when it has none. */
    public T get(T other) {
        Object value = Contexts.currentMap().get(this);
        return value == ContextMap.MISSING ? other : cast(value);
    }

    /** Sets the value in the current context; returns what {@link #reset} takes to undo that. */
    public Token<T> set(T value) {
        Context context = Contexts.current();
        var token = new Token<>(this, context, context.map.get(this));
        context.map = context.map.with(this, value);
        return token;
    }

    /**
     * Gives this the value it had before the {@link #set} that returned {@code token}.
     *
     * @throws IllegalStateException if the token was used already
     * @throws IllegalArgumentException if it comes from another variable or another context, such as that of another task
     */
    public void reset(Token<T> token) {
        if (token.used) {
            throw new IllegalStateException(token + " has already been used once");
        }
        if (token.variable != this) {
            throw new IllegalArgumentException(token + " was created by a different ContextVar");
        }
        if (token.context != Contexts.currentOrNull()) {
            throw new IllegalArgumentException(token + " was created in a different Context");
        }
        token.used = true;
        Context context = token.context;
        context.map = token.old == ContextMap.MISSING ? context.map.without(this) : context.map.with(this, token.old);
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'"
                + (initial == ContextMap.MISSING ? "" : " default=" + initial) + ">";
    }

    /**
     * What a variable was before it was set. Good for one {@link ContextVar#reset}, in the same context.
     *
     * @param <T> the type of the value
     */
    public static final class Token<T> {
        final ContextVar<T> variable;
        final Context context;
        final Object old;
        boolean used;

        Token(ContextVar<T> variable, Context context, Object old) {
            this.variable = variable;
            this.context = context;
            this.old = old;
        }

        /** The variable that was set. */
        public ContextVar<T> variable() {
            return variable;
        }

        /** Whether the variable had a value in the context before. */
        public boolean hadValue() {
            return old != ContextMap.MISSING;
        }

        /** The value it had; null when {@link #hadValue} says that it had none. */
        public T oldValue() {
            return hadValue() ? cast(old) : null;
        }

        @Override
        public String toString() {
            return "<Token" + (used ? " used" : "") + " var=" + variable + ">";
        }
    }
}
