package dev.backstitch.loop;

import java.time.Duration;
import java.util.function.Consumer;

/** Whom a loop tells of what went wrong, and how much it records for that, on a {@link TurnLoop}. */
abstract class ReportingLoop extends TurnLoop {
    private static final System.Logger LOG = System.getLogger("dev.backstitch.loop");

    final SlowCallbacks slowCallbacks = new SlowCallbacks();
    private Consumer<? super LoopError> exceptionHandler = ReportingLoop::log;

    ReportingLoop(Clock clock, Interleaving order) {
        super(clock, order);
    }

    ReportingLoop(Scheduler scheduler) {
        super(scheduler);
    }

    /** Has {@code handler} told, on the loop's thread, of errors that no coroutine receives; null restores logging. */
    public void setExceptionHandler(Consumer<? super LoopError> handler) {
        exceptionHandler = handler == null ? ReportingLoop::log : handler;
    }

    /**
     * Tells the exception handler of {@code error}, as the loop does. What the handler throws is logged, with the error;
     * a {@link KeyboardInterrupt} is thrown on.
     */
    public void callExceptionHandler(LoopError error) {
        try {
            exceptionHandler.accept(error);
        } catch (KeyboardInterrupt interrupt) {
            throw interrupt;
        } catch (Throwable t) {
            log(new LoopError("Unhandled error in exception handler", t, error));
            log(error);
        }
    }

    void report(String message, Throwable exception, Object source) {
        callExceptionHandler(new LoopError(message, exception, source));
    }

    private static void log(LoopError error) {
        LOG.log(System.Logger.Level.ERROR, error.toString(), error.exception());
    }

    static void warn(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    /**
     * Switches debug mode, which is on from the start under {@code -Dbackstitch.debug=true}: tasks, futures and callbacks
     * record where they were made, for messages, and what runs too long is logged ({@link #setSlowCallbackDuration}).
     */
    public void setDebug(boolean debug) {
        this.debug = debug;
    }

    /** Whether debug mode is on. */
    public boolean isDebug() {
        return debug;
    }

    /** In debug mode, a step or callback that takes {@code duration} or more is logged; a tenth of a second by default. */
    public void setSlowCallbackDuration(Duration duration) {
        slowCallbacks.limit = Nanos.of(duration);
    }
}
