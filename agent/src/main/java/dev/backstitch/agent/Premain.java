package dev.backstitch.agent;

import dev.backstitch.engine.Weaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/**
 * The agent's entry points: {@code -javaagent:backstitch-agent.jar[=options]}, {@code Launcher-Agent-Class} in the
 * manifest of an application's own jar, and attaching to a running JVM, which reports the classes it is too late for.
 */
public final class Premain {
    /** Exit status of a JVM that was given options the agent does not understand. */
    private static final int WRONG_OPTIONS = 2;

    /** The system property by which the runtime knows that there is an agent, for its messages. */
    private static final String RUNNING = "dev.backstitch.agent";

    private Premain() {}

    /**
     * Started on the command line, before the application. Wrong options end the JVM with a message.
     *
     * @param options may be null
     */
    public static void premain(String options, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        AgentArguments arguments;
        try {
            arguments = AgentArguments.parse(options);
        } catch (AgentArguments.WrongArgument e) {
            System.err.println("[backstitch] " + e.getMessage());
            System.exit(WRONG_OPTIONS);
            return;
        }
        start(arguments, instrumentation);
    }

    /**
     * Started in a JVM that runs already. Wrong options fail the attempt and leave the JVM as it was.
     *
     * @param options may be null
     */
    public static void agentmain(String options, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        start(AgentArguments.parse(options), instrumentation);
    }

    private static void start(AgentArguments arguments, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        System.setProperty(RUNNING, "true");
        AgentLog log = new AgentLog(System.err, arguments.verbose());
        Statistics statistics = arguments.statistics() ? new Statistics(log) : null;
        Weaver weaver = new Weaver(arguments.warnings(), arguments.eaAsync());
        WeavingTransformer transformer = new WeavingTransformer(
                arguments,
                weaver,
                FrameDefiner.with(instrumentation),
                new ModuleReads(instrumentation),
                new RuntimeVersions(),
                new ClassDumper(arguments.dump(), log),
                log);
        // Asked once before the JVM asks: what the question needs is loaded then, outside of any transformation.
        transformer.transform(null, Premain.class.getClassLoader(), "", null, null, new byte[10]);
        // Not capable of retransformation: other agents that retransform then start from our output.
        instrumentation.addTransformer(statistics == null ? transformer : statistics.counting(transformer, weaver::mayConcern), false);
        new EarlyClasses(arguments, weaver, log).report(instrumentation);
        if (statistics != null) {
            statistics.started();
            Runtime.getRuntime().addShutdownHook(new Thread(statistics::report, "backstitch-statistics"));
        }
    }

    /** This version of Backstitch, for messages about our own errors. */
    static String version() {
        String version = Premain.class.getPackage().getImplementationVersion();
        return "Backstitch " + (version == null ? "(unpackaged)" : version);
    }
}
