package dev.backstitch.agent.cli;

import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code weave} and {@code verify} have in common: what they look at, and how they say what they have found. */
final class Targets {
    @Parameters(arity = "1..*", paramLabel = "DIRECTORY|JAR", description = "Directories of class files, and jars.")
    List<Path> paths;

    @Option(
            names = "--warnings",
            paramLabel = "RULE",
            split = ";",
            description = "Which warnings are given, and which count as refusals: off, on, error, BST-504:off,"
                    + " BST-504:error:com.acme.*. The last rule that fits decides.")
    List<String> warnings = List.of();

    /** Libraries whose coroutines are rewritten as well. */
    enum Compat {
        EA_ASYNC;

        @Override
        public String toString() {
            return "ea-async";
        }
    }

    @Option(
            names = "--compat",
            paramLabel = "ea-async",
            description = "Rewrite classes written for EA Async too.",
            converter = CompatConverter.class)
    Compat compat;

    static final class CompatConverter implements ITypeConverter<Compat> {
        @Override
        public Compat convert(String value) {
            if (!value.equals(Compat.EA_ASYNC.toString())) {
                throw new TypeConversionException("'" + value + "' is not ea-async");
            }
            return Compat.EA_ASYNC;
        }
    }

    /** What the classes were compiled against; to be closed. */
    ClassPath classPath() {
        return classPath(classPath);
    }

    /** The weaver that the options ask for, good until {@code path} is closed. */
    Weaver weaver(CommandSpec spec, ClassPath path) {
        return new Weaver(policy(spec), compat == Compat.EA_ASYNC, path);
    }

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "What the classes were compiled against, beside what is in their own directory or jar:"
                    + " directories and jars. Class files in it are read, never loaded.")
    String classPath = "";

    /** Ends the command with status 2 if a target is not there. */
    void requireAll(CommandSpec spec) {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new ParameterException(spec.commandLine(), "no such file or directory: " + path);
            }
        }
    }

    /** The class files of {@code path}, whose entries are separated as on the platform; to be closed. */
    static ClassPath classPath(String path) {
        return new ClassPath(Stream.of(path.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList());
    }

    private WarningPolicy policy(CommandSpec spec) {
        try {
            return WarningPolicy.parse(warnings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** Prints a refusal or a warning to the error stream. */
    static void report(CommandSpec spec, Diagnostic diagnostic) {
        Terminal.endProgress();
        var colors = spec.commandLine().getColorScheme();
        String text = diagnostic.format();
        int end = diagnostic.headline().length();
        var headline = diagnostic.isError()
                ? colors.errorText(text.substring(0, end))
                : colors.text(text.substring(0, end).replace("@|", "@ |"));
        spec.commandLine().getErr().println(headline + text.substring(end));
    }
}
