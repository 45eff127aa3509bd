package dev.backstitch.loop;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The values of {@link ContextVar}s that one task, callback or thread sees: Python's {@code Context} (PEP 567). Copying one
 * takes constant time.
 *
 * <p>Belongs to the thread that has entered it. A thread that runs no loop has a context of its own.
 */
public final class Context {
    ContextMap map;
    /** Whether {@link #run}, a callback or a task that started another one is under way in this. */
    boolean entered;

    /** A context in which no variable has a value. */
    public Context() {
        this(ContextMap.EMPTY);
    }

    Context(ContextMap map) {
        this.map = map;
    }

    /** A copy of the current context: Python's {@code copy_context()}. */
    public static Context copyContext() {
        return new Context(Contexts.currentMap());
    }

    /** A copy, which from now on differs by what is set in the one or the other. */
    public Context copy() {
        return new Context(map);
    }

    /**
     * Runs {@code code} in this context: what it sets stays here.
     *
     * @throws IllegalStateException if this context is entered already
     */
    public void run(Runnable code) {
        call(() -> {
            code.run();
            return null;
        });
    }

    /**
     * As {@link #run}.
     *
     * @return what {@code code} returned; its exception is thrown as it is, checked or not
     */
    public <T> T call(Callable<? extends T> code) {
        Objects.requireNonNull(code, "code");
        Contexts.checkNotEntered(this);
        Context outer = Contexts.enter(this);
        entered = true;
        try {
            return code.call();
        } catch (Exception e) {
            throw Sneaky.thrown(e);
        } finally {
            entered = false;
            Contexts.leave(outer);
        }
    }

    /** The value of {@code variable} here; its initial value does not count. Null when there is none. */
    @SuppressWarnings("unchecked")
    public <T> T get(ContextVar<T> variable) {
        Object value = map.get(variable);
        return value == ContextMap.MISSING ? null : (T) value;
    }

    /** Whether {@code variable} was set here. */
    public boolean contains(ContextVar<?> variable) {
        return map.get(variable) != ContextMap.MISSING;
    }

    /** The variables set here, in the order of their creation. */
    public List<ContextVar<?>> variables() {
        return map.variables();
    }

    /** How many variables are set here. */
    public int size() {
        return map.size;
    }

    @Override
    public String toString() {
        return "<Context " + map.variables() + ">";
    }
}
