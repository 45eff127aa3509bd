package dev.backstitch;

/**
 * Raised inside a suspended body by {@code close()}: Python's {@code GeneratorExit}. An {@link Error}, so that
 * {@code catch (Exception e)} does not swallow it; a body must not yield in answer to it.
 */
public final class GeneratorExit extends Error {
    private static final long serialVersionUID = 1L;

    /** Made by the driver, inside the frame it is about to close: its trace is that frame's. */
    public GeneratorExit() {
        super(null, null, false, true);
    }

    /** Walks no stack: nearly every exit is caught by the driver that made it. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

}
