package dev.backstitch.agent.cli;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave}: rewrites class files in place. */
@Command(
        name = "weave",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 70,
        description = "Rewrites the classes of directories and jars in place. Exits with 1 if a class is refused.")
final class WeaveCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "DIRECTORY|JAR", description = "What to rewrite.")
    private List<Path> targets;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        for (Path target : targets) {
            if (!Files.exists(target)) {
                throw new ParameterException(spec.commandLine(), "no such file or directory: " + target);
            }
        }
        var err = spec.commandLine().getErr();
        DirectoryWeaver weaver =
                new DirectoryWeaver(new Weaver(), diagnostic -> err.println(diagnostic.format()));
        int refused = 0;
        for (Path target : targets) {
            DirectoryWeaver.Summary summary =
                    Files.isDirectory(target) ? weaver.weave(target) : JarFile.weave(target, weaver);
            refused += summary.refused();
            spec.commandLine()
                    .getOut()
                    .println(target + ": " + summary.woven() + " classes rewritten, " + summary.frames() + " frames, "
                            + summary.refused() + " refused");
        }
        return refused == 0 ? 0 : 1;
    }
}
