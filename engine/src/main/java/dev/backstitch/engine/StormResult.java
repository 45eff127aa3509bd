package dev.backstitch.engine;

import dev.backstitch.engine.diag.Diagnostic;
import java.util.List;

/**
 * What became of one class in a storm.
 *
 * @param result the class; {@link WeaveResult.Outcome#UNTOUCHED} if it has no method that could be suspended
 * @param methods how many methods are frames now that are driven to their end
 * @param points how many suspension points those have
 * @param underMonitors how many of their calls are none, because a monitor is held there
 * @param refusals methods that stayed as they were, and why
 */
public record StormResult(
        WeaveResult result, int methods, int points, int underMonitors, List<Diagnostic> refusals) {

    /** Of a class that was refused as a whole, or has nothing to suspend. */
    static StormResult of(WeaveResult result) {
        return new StormResult(result, 0, 0, 0, List.of());
    }
}
