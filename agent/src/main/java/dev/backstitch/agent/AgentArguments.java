package dev.backstitch.agent;

import dev.backstitch.engine.diag.ClassPattern;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.WarningPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What stands after the {@code =} of {@code -javaagent:backstitch-agent.jar=...}: options separated by commas or
 * semicolons, such as {@code include=com.acme.*;org.acme.*,exclude=*.Test?,dump=target/woven,onError=fail,verbose}.
 *
 * @param include which classes may be rewritten; empty: all
 * @param exclude which of them may not
 * @param dump where to write rewritten classes for inspection; null: nowhere
 * @param onError what becomes of a class that cannot be rewritten
 * @param warnings which warnings are given, and which refuse a class
 * @param eaAsync whether classes written for EA Async are rewritten too
 * @param storm the classes all of whose methods are suspended at every call, if they may be rewritten
 * @param verbose log each rewritten class too
 * @param statistics say at the end of the JVM what the agent has cost
 */
record AgentArguments(
        List<ClassPattern> include,
        List<ClassPattern> exclude,
        Path dump,
        OnError onError,
        WarningPolicy warnings,
        boolean eaAsync,
        List<ClassPattern> storm,
        boolean verbose,
        boolean statistics) {

    /** What becomes of a class that cannot be rewritten; it is logged in any case. */
    enum OnError {
        /** It throws the diagnosis when it is initialised: it can never run half-understood. */
        FAIL,
        /** It is left as it was; reaching one of its suspension points throws {@code NotWovenError}. */
        REPORT
    }

    /** A text that is none of the options; the message is for the user. */
    static final class WrongArgument extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongArgument(String detail) {
            super(message(detail));
        }

        private static String message(String detail) {
            DiagnosticCode code = DiagnosticCode.AGENT_OPTION;
            return code.id() + " " + code.summary() + ": " + detail + "\n  Why: " + code.reason() + "\n  Remedy: "
                    + code.remedy() + "\n  Example:\n    " + code.example();
        }
    }

    /**
     * Reads the options.
     *
     * @param text may be null or empty: the defaults
     * @throws WrongArgument if there is an unknown option or a wrong value
     */
    static AgentArguments parse(String text) {
        Parser parser = new Parser();
        if (text != null) {
            for (String part : text.split("[,;]")) {
                if (!part.isBlank()) {
                    parser.accept(part.strip());
                }
            }
        }
        return parser.result();
    }

    /** Whether the options allow to rewrite the class of this internal name. */
    boolean allows(String internalName) {
        return (include.isEmpty() || matches(include, internalName)) && !matches(exclude, internalName);
    }

    /** Whether the class of this internal name is one for a storm. */
    boolean storms(String internalName) {
        return !storm.isEmpty() && matches(storm, internalName) && allows(internalName);
    }

    private static boolean matches(List<ClassPattern> patterns, String internalName) {
        for (ClassPattern pattern : patterns) {
            if (pattern.matches(internalName)) {
                return true;
            }
        }
        return false;
    }

    private static final class Parser {
        private final List<ClassPattern> include = new ArrayList<>();
        private final List<ClassPattern> exclude = new ArrayList<>();
        private Path dump;
        private OnError onError = OnError.REPORT;
        private boolean eaAsync;
        private final List<ClassPattern> storm = new ArrayList<>();
        private boolean verbose;
        private boolean statistics;

        private final List<String> rules = new ArrayList<>();

        /** What takes a part without {@code =} that continues a list; null after an option that is none. */
        private Consumer<String> open;

        void accept(String part) {
            int equals = part.indexOf('=');
            if (equals >= 0) {
                option(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            } else if (part.equals("verbose")) {
                verbose = true;
                open = null;
            } else if (part.equals("statistics")) {
                statistics = true;
                open = null;
            } else if (open != null) {
                open.accept(part);
            } else {
                throw new WrongArgument("unknown option '" + part + "'");
            }
        }

        private void option(String name, String value) {
            if (value.isEmpty()) {
                throw new WrongArgument("option '" + name + "' has no value");
            }
            open = null;
            switch (name) {
                case "include" -> patterns(include, value);
                case "exclude" -> patterns(exclude, value);
                case "dump" -> dump = path(value);
                case "onError" -> onError = onError(value);
                case "warnings" -> continuing(value, rules::add);
                case "compat" -> eaAsync = compat(value);
                case "storm" -> patterns(storm, value);
                case "verbose" -> verbose = flag(name, value);
                case "statistics" -> statistics = flag(name, value);
                default -> throw new WrongArgument("unknown option '" + name + "'");
            }
        }

        private void patterns(List<ClassPattern> list, String first) {
            list.add(new ClassPattern(first));
            open = part -> {
                if (!ClassPattern.looksLikeOne(part)) {
                    throw new WrongArgument("unknown option '" + part + "'");
                }
                list.add(new ClassPattern(part));
            };
        }

        private void continuing(String first, Consumer<String> list) {
            list.accept(first);
            open = list;
        }

        private WarningPolicy warnings() {
            try {
                return WarningPolicy.parse(rules);
            } catch (IllegalArgumentException e) {
                throw new WrongArgument(e.getMessage());
            }
        }

        private static Path path(String value) {
            try {
                return Path.of(value);
            } catch (InvalidPathException e) {
                throw new WrongArgument("dump=" + value + " is not a directory's name");
            }
        }

        private static OnError onError(String value) {
            return switch (value) {
                case "fail" -> OnError.FAIL;
                case "report" -> OnError.REPORT;
                default -> throw new WrongArgument("onError is 'fail' or 'report', not '" + value + "'");
            };
        }

        private static boolean compat(String value) {
            if (!value.equals("ea-async")) {
                throw new WrongArgument("compat is 'ea-async', not '" + value + "'");
            }
            return true;
        }

        private static boolean flag(String name, String value) {
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new WrongArgument(name + " is 'true' or 'false', not '" + value + "'");
            };
        }

        AgentArguments result() {
            return new AgentArguments(
                    List.copyOf(include),
                    List.copyOf(exclude),
                    dump,
                    onError,
                    warnings(),
                    eaAsync,
                    List.copyOf(storm),
                    verbose,
                    statistics);
        }
    }
}
