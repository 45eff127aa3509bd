package dev.backstitch.agent;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;

/**
 * Finds the classes that were loaded before the agent and would have been rewritten, because nothing can be done for them
 * and nobody would know: an agent that is attached late, or after one that loads classes of the application.
 */
final class EarlyClasses {
    private final AgentArguments arguments;
    private final Weaver weaver;
    private final AgentLog log;

    EarlyClasses(AgentArguments arguments, Weaver weaver, AgentLog log) {
        this.arguments = arguments;
        this.weaver = weaver;
        this.log = log;
    }

    /** Reports each such class. Reads class files as resources; a class without one is passed over. */
    void report(Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader == null || type.isArray() || type.isHidden()) {
                continue;
            }
            String name = type.getName().replace('.', '/');
            if (!WeavingTransformer.isOurs(name) && arguments.allows(name) && wouldBeWoven(loader, name)) {
                log.report(new Diagnostic(
                                DiagnosticCode.LOADED_TOO_EARLY,
                                new SourceLocation(type.getName(), null, null, 0),
                                "its suspending methods will throw NotWovenError")
                        .format());
            }
        }
    }

    private boolean wouldBeWoven(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return false;
            }
            byte[] classFile = in.readAllBytes();
            return weaver.mayConcern(classFile)
                    && weaver.weave(classFile, TypeHierarchy.ofLoader(loader)).outcome() == WeaveResult.Outcome.WOVEN;
        } catch (IOException | RuntimeException e) {
            // A loader of the application may do anything; this is a courtesy, and no reason not to start.
            log.detail("cannot look into " + name.replace('/', '.') + ": " + e);
            return false;
        }
    }
}
