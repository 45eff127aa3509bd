package dev.backstitch.benchmarks;

import dev.backstitch.benchmarks.startup.Launch;

/** Prints the kilobytes of heap in use after a web application has started, with or without the agent. */
public final class AgentMemory {
    private static final double KILOBYTE = 1_000;

    private AgentMemory() {}

    /** @param args {@code without} or {@code with} */
    public static void main(String[] args) throws Exception {
        System.out.println(Launch.least(args[0].equals("with"), Launch::heap) / KILOBYTE);
    }
}
