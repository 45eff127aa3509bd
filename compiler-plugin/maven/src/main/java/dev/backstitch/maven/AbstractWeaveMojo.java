package dev.backstitch.maven;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Rewrites one directory of compiled classes. */
abstract class AbstractWeaveMojo extends AbstractBackstitchMojo {

    /** Where the compiler has put the classes. */
    abstract File directory();

    /** Where it has found their sources. */
    abstract List<String> sourceRoots();

    @Override
    final void run() throws MojoExecutionException, MojoFailureException {
        Path classes = directory().toPath();
        if (!Files.isDirectory(classes)) {
            getLog().info("No classes to rewrite");
            return;
        }
        BuildLog log = new BuildLog(getLog(), new SourcePositions(sourceRoots()));
        DirectoryWeaver.Summary summary = weave(classes, log);
        if (summary.refused() > 0) {
            throw new MojoFailureException(
                    BuildLog.count(summary.refused(), "class", "classes") + " cannot be rewritten, see above");
        }
        if (summary.woven() == 0 && summary.removed() == 0) {
            getLog().info("Nothing to rewrite - all classes are up to date.");
        } else {
            getLog().info("Rewrote " + BuildLog.count(summary.woven(), "class", "classes") + " with "
                    + BuildLog.count(summary.frames(), "frame", "frames")
                    + (summary.removed() == 0 ? "" : ", removed " + summary.removed() + " of former ones"));
        }
    }

    private DirectoryWeaver.Summary weave(Path classes, BuildLog log) throws MojoExecutionException {
        try (ClassPath path = openClassPath()) {
            return new DirectoryWeaver(weaver(warningPolicy(), path), log::report).weave(classes);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot rewrite the classes in " + classes + ": " + e, e);
        }
    }
}
