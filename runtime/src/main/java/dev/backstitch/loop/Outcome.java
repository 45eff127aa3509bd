package dev.backstitch.loop;

/** What a {@link LoopFuture} has come to, where that is not simply its value. */
abstract class Outcome {
    private Outcome() {}

    /** Not done: of a future that is no task. */
    static final Outcome PENDING = new Outcome() {};

    /** A value that would be mistaken for the body of a pending task. */
    static final class Value extends Outcome {
        final Object value;

        Value(Object value) {
            this.value = value;
        }
    }

    static final class Failed extends Outcome {
        final Throwable exception;
        /** Whether somebody has seen the exception. Written by any thread; a late reading costs a needless report. */
        boolean retrieved;

        Failed(Throwable exception) {
            this.exception = exception;
        }
    }

    static final class Cancelled extends Outcome {
        private final CancelRequest request;
        private final String message;
        private CancelledError first;

        /** The end of what {@code request}, which may be null, has cancelled. */
        Cancelled(CancelRequest request) {
            this.request = request;
            this.message = null;
        }

        /** The end of a body that let {@code first} out. */
        Cancelled(CancelledError first) {
            this.request = first.request();
            this.message = first.getMessage();
            this.first = first;
        }

        private CancelledError again() {
            return request == null ? new CancelledError(message) : new CancelledError(request);
        }

        /** The error that ended the body for whoever asks first, because its trace says where; then fresh ones. */
        CancelledError error() {
            CancelledError error = first;
            first = null;
            return error == null ? again() : error;
        }
    }
}
