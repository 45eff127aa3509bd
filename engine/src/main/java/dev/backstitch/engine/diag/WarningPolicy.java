package dev.backstitch.engine.diag;

import java.util.ArrayList;
import java.util.List;

/**
 * Which warnings are given, and which of them refuse the class. Written as rules, of which the last that fits decides:
 * {@code off}, {@code on} or {@code error} for all warnings; {@code BST-504:off}; {@code BST-504:off:com.acme.*} in these
 * classes only. Immutable.
 */
public final class WarningPolicy {
    /** Every warning is given, and refuses nothing. */
    public static final WarningPolicy ON = new WarningPolicy(List.of());

    /** None is given. */
    public static final WarningPolicy OFF = parse(List.of("off"));

    private final List<Rule> rules;

    /**
     * @param code null: all
     * @param severity null: not given
     * @param classes null: all
     */
    private record Rule(DiagnosticCode code, Severity severity, ClassPattern classes) {
        boolean fits(DiagnosticCode asked, String internalName) {
            return (code == null || code == asked) && (classes == null || classes.matches(internalName));
        }
    }

    private WarningPolicy(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException naming the rule that is none
     */
    public static WarningPolicy parse(List<String> rules) {
        List<Rule> parsed = new ArrayList<>();
        for (String rule : rules) {
            parsed.add(rule(rule.strip()));
        }
        return new WarningPolicy(List.copyOf(parsed));
    }

    private static Rule rule(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length == 1) {
            return new Rule(null, severity(text, parts[0]), null);
        }
        DiagnosticCode code = DiagnosticCode.of(parts[0].strip());
        if (code == null || code.severity() != Severity.WARNING) {
            throw new IllegalArgumentException("'" + parts[0].strip() + "' is not the code of a warning");
        }
        return new Rule(
                code, severity(text, parts[1].strip()), parts.length == 2 ? null : new ClassPattern(parts[2].strip()));
    }

    private static Severity severity(String rule, String word) {
        return switch (word) {
            case "off" -> null;
            case "on" -> Severity.WARNING;
            case "error" -> Severity.ERROR;
            default -> throw new IllegalArgumentException(
                    "'" + rule + "' is neither on, off or error, nor a rule such as BST-504:off or BST-504:error:com.acme.*");
        };
    }

    /** How severe {@code code} is in the class {@code internalName}; null if it is not to be mentioned. */
    public Severity severityOf(DiagnosticCode code, String internalName) {
        Severity severity = code.severity();
        if (severity == Severity.WARNING) {
            for (Rule rule : rules) {
                if (rule.fits(code, internalName)) {
                    severity = rule.severity;
                }
            }
        }
        return severity;
    }
}
