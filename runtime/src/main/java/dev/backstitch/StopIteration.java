package dev.backstitch;

/** The end of a generator or coroutine that was driven by {@code send} or {@code raise} (PEP 342, PEP 380). */
public final class StopIteration extends java.util.NoSuchElementException {
    private static final long serialVersionUID = 1L;

    private final transient Object value;

    /** The end of a generator that returned {@code value}, which may be null. */
    public StopIteration(Object value) {
        super(value == null ? null : String.valueOf(value));
        this.value = value;
    }

    /** What the generator returned; null when nothing. */
    public Object value() {
        return value;
    }

}
