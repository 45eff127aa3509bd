package dev.backstitch.agent.cli;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weave}: rewrites class files in place. */
@Command(
        name = "weave",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeOnExecutionException = Main.UNEXPECTED,
        description = "Rewrites the classes of directories and jars, in place. What is rewritten already stays as it is.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything is rewritten",
            "1:a class is refused; it is left as it was",
            "2:wrong usage",
            "3:a jar is signed or not safe; it is left as it was",
            "70:an unexpected error"
        })
final class WeaveCommand implements Callable<Integer> {
    @Mixin
    private Targets targets;

    @Option(
            names = "--signed",
            paramLabel = "refuse|strip",
            defaultValue = "refuse",
            description = "What to do with a signed jar, whose signature a rewritten class breaks: refuse it (the default),"
                    + " or strip the signature.")
    private JarWeaver.Signed signed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        targets.requireAll(spec);
        try (ClassPath path = targets.classPath()) {
            return weave(targets.weaver(spec, path));
        }
    }

    private int weave(Weaver weaver) throws IOException {
        int refused = 0;
        for (Path target : targets.paths) {
            Terminal.progress("rewriting " + target);
            DirectoryWeaver.Summary summary = Files.isDirectory(target)
                    ? new DirectoryWeaver(weaver, d -> Targets.report(spec, d)).weave(target)
                    : new JarWeaver(weaver, d -> Targets.report(spec, d), signed).weave(target);
            Terminal.endProgress();
            refused += summary.refused();
            spec.commandLine().getOut().println(target + ": " + summary.woven() + " classes rewritten, "
                    + summary.frames() + " frames, " + summary.refused() + " refused");
        }
        return refused == 0 ? 0 : Main.REJECTED;
    }
}
