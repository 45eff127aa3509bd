package dev.backstitch.agent;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Where the agent says what it did. The stream is the standard error of the JVM's start: what an application puts there
 * later may be of classes that must not be loaded while another one is being transformed. Thread-safe.
 */
final class AgentLog {
    private final PrintStream out;
    private final boolean verbose;

    AgentLog(PrintStream out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    /** Something the user must know. */
    void report(String message) {
        out.println("[backstitch] " + message);
    }

    /** Something the user must know, and the trace that shows where it comes from. */
    void report(String message, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        report(message + System.lineSeparator() + trace.toString().stripTrailing());
    }

    /** Something the user has asked to be told. */
    void detail(String message) {
        if (verbose) {
            report(message);
        }
    }
}
