package dev.backstitch;

/**
 * A suspension point was reached in code that the rewriter has not seen. Nothing was suspended and nothing blocked: the
 * call simply cannot do what it says without rewriting.
 */
public final class NotWovenError extends Error {
    private static final long serialVersionUID = 1L;

    private NotWovenError(String message) {
        super(message);
    }

    /** The error for a call of {@code point}, such as {@code Gen.yield}, by whoever called it. */
    public static NotWovenError at(String point) {
        StackTraceElement caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> !f.getClassName().startsWith("dev.backstitch.")
                                || !Stacks.isMachinery(f.getClassName()))
                        .findFirst())
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null);
        String type = caller == null ? "the calling class" : caller.getClassName();
        return new NotWovenError("BST-101 " + point + "(...) was called in a class that was not rewritten: " + type
                + (caller == null ? "" : "\n  at " + caller)
                + "\n  " + remedy(type)
                + "\n  Only a method annotated @Generator or @Async, or a lambda that returns such a type, can suspend.");
    }

    /** What to do, in the build that seems to be running. */
    private static String remedy(String type) {
        if (System.getProperty("dev.backstitch.agent") != null) {
            return "The agent is running and has left it as it was: it was loaded before the agent, excluded or refused."
                    + " Look for an earlier message about it.";
        }
        if (System.getProperty("surefire.test.class.path") != null || System.getProperty("surefire.real.class.path") != null) {
            return "There is no agent. In this Maven build, run the goals weave and weave-tests of backstitch-maven-plugin, or put"
                    + " -javaagent:backstitch-agent.jar into surefire's argLine.";
        }
        if (System.getProperty("org.gradle.test.worker") != null) {
            return "There is no agent. In this Gradle build, add backstitch-javac to annotationProcessor and"
                    + " testAnnotationProcessor.";
        }
        return "There is no agent. Either start the JVM with -javaagent:backstitch-agent.jar, before any other code of " + type
                + " is loaded, or rewrite the class when it is built: compile with -processorpath backstitch-javac.jar, use"
                + " backstitch-maven-plugin, or run java -jar backstitch-agent.jar weave DIRECTORY.";
    }
}
