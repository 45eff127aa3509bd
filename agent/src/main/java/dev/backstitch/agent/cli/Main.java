package dev.backstitch.agent.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command line: {@code java -jar backstitch-agent.jar COMMAND}. */
@Command(
        name = "backstitch",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Rewrites generators and coroutines at build time, and shows what becomes of them.",
        subcommands = {
            WeaveCommand.class,
            VerifyCommand.class,
            ExplainCommand.class,
            AutoComplete.GenerateCompletion.class,
            HelpCommand.class
        })
public final class Main {
    /** A class cannot be rewritten, or is not as it should be. */
    static final int REJECTED = 1;

    /** The command line is wrong, or names what is not there. */
    static final int USAGE = 2;

    /** A jar is signed or not safe to handle. */
    static final int REFUSED_JAR = 3;

    /** Something that should not have happened. */
    static final int UNEXPECTED = 70;

    private Main() {}

    /** Exits with the status of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for a caller in this process. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setColorScheme(Terminal.colorScheme())
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (exception instanceof UnsafeJarException e) {
            command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
            return REFUSED_JAR;
        }
        throw exception;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Backstitch " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
