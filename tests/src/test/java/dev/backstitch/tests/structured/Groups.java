package dev.backstitch.tests.structured;

import dev.backstitch.loop.ExceptionGroup;
import java.util.List;
import java.util.stream.Collectors;

/** Short exceptions, and the shape of a group as a line of text. */
final class Groups {
    private Groups() {}

    static class ValueError extends RuntimeException {
        ValueError(Object value) {
            super(String.valueOf(value));
        }
    }

    static class TypeError extends RuntimeException {
        TypeError(Object value) {
            super(String.valueOf(value));
        }
    }

    static class OsError extends RuntimeException {
        OsError(Object value) {
            super(String.valueOf(value));
        }
    }

    static class BlockingIoError extends OsError {
        BlockingIoError(Object value) {
            super(value);
        }
    }

    static class SyntaxError extends RuntimeException {
        SyntaxError(Object value) {
            super(String.valueOf(value));
        }
    }

    static ValueError v(Object value) {
        return new ValueError(value);
    }

    static TypeError t(Object value) {
        return new TypeError(value);
    }

    static OsError os(Object value) {
        return new OsError(value);
    }

    static ExceptionGroup group(String message, Throwable... members) {
        return new ExceptionGroup(message, List.of(members));
    }

    /** As {@code eg[ValueError 1, nested[TypeError 2]]}; a subclass of {@link ExceptionGroup} shows its name; null is "none". */
    static String shape(Throwable exception) {
        if (exception == null) {
            return "none";
        }
        if (exception instanceof ExceptionGroup group) {
            String type = group.getClass() == ExceptionGroup.class ? "" : group.getClass().getSimpleName() + ":";
            return group.exceptions().stream()
                    .map(Groups::shape)
                    .collect(Collectors.joining(", ", type + group.message() + "[", "]"));
        }
        return exception.getClass().getSimpleName() + " " + exception.getMessage();
    }
}
