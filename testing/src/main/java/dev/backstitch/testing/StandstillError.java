package dev.backstitch.testing;

/**
 * Nothing can happen any more on a loop with virtual time, though the run is not over: a deadlock, mostly. The message of
 * one that {@link TestLoop} throws ends with the await tree.
 */
public final class StandstillError extends AssertionError {
    StandstillError(String message) {
        super(message);
    }

    StandstillError(String message, StandstillError cause) {
        super(message, cause);
    }
}
