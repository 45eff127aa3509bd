package dev.backstitch.tests.storms;

import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a corpus. */
final class CorpusCount {
    int classes;
    int methods;
    int points;
    int underMonitors;
    /** Classes that a verifier has looked at after they were rewritten. */
    int verified;
    /** Classes that were rewritten, but cannot be shown to the JVM: see {@link PatchedJdk}. */
    int engineAlone;
    /** Classes that cannot be linked as they are either, because something they need is missing. */
    int notLinked;
    /** Methods and classes that stayed as they were, by code. */
    final Map<String, Integer> refusals = new TreeMap<>();
    /** What should not happen. */
    final List<String> failures = new ArrayList<>();

    /** Adds one class. */
    void add(String name, StormResult result) {
        classes++;
        methods += result.methods();
        points += result.points();
        underMonitors += result.underMonitors();
        result.refusals().forEach(this::refused);
        if (result.result().outcome() == WeaveResult.Outcome.REFUSED) {
            result.result().diagnostics().forEach(this::refused);
        }
    }

    private void refused(Diagnostic diagnostic) {
        refusals.merge(diagnostic.code().id(), 1, Integer::sum);
        if (diagnostic.code() == DiagnosticCode.INTERNAL) {
            failures.add(diagnostic.headline() + "\n  at " + diagnostic.location());
        }
    }

    /** Whether something was rewritten, and nothing happened that should not. */
    boolean isGood() {
        return methods > 0 && failures.isEmpty();
    }

    /** Adds what another has counted. */
    void add(CorpusCount other) {
        classes += other.classes;
        methods += other.methods;
        points += other.points;
        underMonitors += other.underMonitors;
        verified += other.verified;
        engineAlone += other.engineAlone;
        notLinked += other.notLinked;
        other.refusals.forEach((code, count) -> refusals.merge(code, count, Integer::sum));
        failures.addAll(other.failures);
    }

    @Override
    public String toString() {
        return classes + " classes, " + methods + " methods, " + points + " points, " + underMonitors
                + " calls under monitors, refused " + refusals + ", verified " + verified + ", by the engine alone "
                + engineAlone + ", not linked as they are " + notLinked + ", failures " + failures.size();
    }
}
