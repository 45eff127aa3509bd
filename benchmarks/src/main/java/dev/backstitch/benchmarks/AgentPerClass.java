package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.startup.Launch;

/** Prints the microseconds that the agent takes to leave a class alone, over all classes of a web application's start. */
public final class AgentPerClass {
    private AgentPerClass() {}

    /** @param args {@code unannotated} */
    public static void main(String[] args) throws Exception {
        System.out.println(Launch.least(true, Launch::perClass));
    }
}
