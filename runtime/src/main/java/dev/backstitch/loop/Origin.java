package dev.backstitch.loop;

import dev.backstitch.Driver;
import java.util.List;

/** Where the program has made something: the frames of its own code, innermost first. */
record Origin(List<StackTraceElement> frames) {
    /** What the program does now. */
    static Origin here() {
        return new Origin(Driver.callers());
    }

    /** The innermost frame; null when there is none. */
    StackTraceElement site() {
        return frames.isEmpty() ? null : frames.get(0);
    }
}
