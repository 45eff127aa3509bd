package dev.backstitch;

/** The end of an asynchronous generator (PEP 525). */
public final class StopAsyncIteration extends java.util.NoSuchElementException {
    private static final long serialVersionUID = 1L;

    /** The end of an asynchronous generator. */
    public StopAsyncIteration() {}

    /** The end of an asynchronous iterator written by hand. */
    public StopAsyncIteration(String message) {
        super(message);
    }

}
