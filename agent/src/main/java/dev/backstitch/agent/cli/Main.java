package dev.backstitch.agent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar backstitch-agent.jar weave DIRECTORY|JAR...}. */
@Command(
        name = "backstitch",
        mixinStandardHelpOptions = true,
        description = "Rewrites generators and coroutines at build time.",
        subcommands = WeaveCommand.class)
public final class Main {
    private Main() {}

    /** Exits with the status of the command: 0 done, 1 a class was refused, 2 wrong usage, 70 an unexpected error. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for a caller in this process. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
