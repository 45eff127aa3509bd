package dev.backstitch.agent.cli;

import java.io.Console;
import picocli.CommandLine.Help;

/** Whether a person looks at what is printed: only then there are colours and progress. */
final class Terminal {
    private static final boolean INTERACTIVE = isInteractive();

    private Terminal() {}

    /** Colours for a terminal, unless the environment's {@code NO_COLOR} forbids them; none for a file or a pipe. */
    static Help.ColorScheme colorScheme() {
        boolean colors = INTERACTIVE && System.getenv("NO_COLOR") == null;
        return Help.defaultColorScheme(colors ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    /** Shows what is being worked on, until something else is printed. */
    static void progress(String text) {
        if (INTERACTIVE) {
            System.err.print("\r\033[K" + text);
            System.err.flush();
        }
    }

    /** Takes away what {@link #progress} shows. */
    static void endProgress() {
        progress("");
    }

    private static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console without a terminal too.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
