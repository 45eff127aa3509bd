package dev.backstitch.maven;

import dev.backstitch.engine.diag.Diagnostic;
import org.apache.maven.plugin.logging.Log;

/** Says what the engine has to say as the compiler plugin says it: {@code File.java:[12,8] message}. */
final class BuildLog {
    private final Log log;
    private final SourcePositions positions;

    BuildLog(Log log, SourcePositions positions) {
        this.log = log;
        this.positions = positions;
    }

    void report(Diagnostic diagnostic) {
        String position = positions.of(diagnostic.location());
        String text = diagnostic.format();
        String message = position == null ? text : position + " " + text;
        if (diagnostic.isError()) {
            log.error(message);
        } else {
            log.warn(message);
        }
    }

    static String count(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }
}
