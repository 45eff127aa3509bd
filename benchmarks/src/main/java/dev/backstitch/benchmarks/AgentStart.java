package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.startup.Launch;

/** Prints the milliseconds that a web application takes to start, with or without the agent, or those of the agent itself. */
public final class AgentStart {
    private AgentStart() {}

    /** @param args {@code without}, {@code with} or {@code agent} */
    public static void main(String[] args) throws Exception {
        System.out.println(
                args[0].equals("agent")
                        ? Launch.least(true, Launch::agentStart)
                        : Launch.least(args[0].equals("with"), Launch::ready));
    }
}
