package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import java.util.List;
import java.util.Map;

/**
 * What became of one class.
 *
 * @param outcome whether it was rewritten
 * @param classFile the class: new bytes if {@link Outcome#WOVEN}, else the very array that was given
 * @param frames the generated frame classes by internal name, in a stable order; empty unless woven. They belong in the
 *     package, loader and protection domain of the class, and are needed before one of its methods runs
 * @param diagnostics refusals and warnings, in order of position; not empty if {@link Outcome#REFUSED}
 */
public record WeaveResult(
        Outcome outcome, byte[] classFile, Map<String, byte[]> frames, List<Diagnostic> diagnostics) {

    /** Whether a class was rewritten. */
    public enum Outcome {
        /** Nothing in it concerns us. */
        UNTOUCHED,
        /** Rewritten. */
        WOVEN,
        /** It cannot be rewritten, and is exactly as it was. */
        REFUSED
    }

    /** Nothing to do, though perhaps something to say. */
    public static WeaveResult untouched(byte[] classFile, List<Diagnostic> warnings) {
        return new WeaveResult(Outcome.UNTOUCHED, classFile, Map.of(), warnings);
    }

    /** Not possible. */
    public static WeaveResult refused(byte[] classFile, List<Diagnostic> diagnostics) {
        return new WeaveResult(Outcome.REFUSED, classFile, Map.of(), diagnostics);
    }
}
