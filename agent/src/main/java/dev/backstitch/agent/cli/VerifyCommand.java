package dev.backstitch.agent.cli;

import dev.backstitch.engine.DirectoryChecker;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code verify}: tells whether class files are ready to be shipped. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeOnExecutionException = Main.UNEXPECTED,
        description = "Tells whether every class of directories and jars that needs rewriting is rewritten, complete and"
                + " valid. Changes nothing.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:yes", "1:no", "2:wrong usage", "70:an unexpected error"})
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Targets targets;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        targets.requireAll(spec);
        try (ClassPath path = targets.classPath()) {
            return verify(new DirectoryChecker(targets.weaver(spec, path), d -> Targets.report(spec, d)));
        }
    }

    private int verify(DirectoryChecker checker) throws IOException {
        int wrong = 0;
        for (Path target : targets.paths) {
            Terminal.progress("looking at " + target);
            DirectoryChecker.Summary summary = check(target, checker);
            Terminal.endProgress();
            wrong += summary.wrong();
            spec.commandLine().getOut().println(
                    target + ": " + summary.rewritten() + " classes rewritten, " + summary.wrong() + " wrong");
        }
        return wrong == 0 ? 0 : Main.REJECTED;
    }

    private static DirectoryChecker.Summary check(Path target, DirectoryChecker checker) throws IOException {
        if (Files.isDirectory(target)) {
            return checker.check(target);
        }
        try (FileSystem content = FileSystems.newFileSystem(target)) {
            return checker.check(content.getPath("/"));
        }
    }
}
