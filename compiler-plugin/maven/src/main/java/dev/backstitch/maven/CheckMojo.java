package dev.backstitch.maven;

import dev.backstitch.engine.DirectoryChecker;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Fails the build if a class that needs rewriting is about to be packaged without it, or a rewritten one has lost its
 * frames.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.PREPARE_PACKAGE,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public class CheckMojo extends AbstractBackstitchMojo {
    /** Where the classes are. */
    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    File classesDirectory;

    @Override
    List<String> classPath() throws DependencyResolutionRequiredException {
        return project.getCompileClasspathElements();
    }

    @Override
    void run() throws MojoExecutionException, MojoFailureException {
        Path classes = classesDirectory.toPath();
        if (!classesDirectory.isDirectory()) {
            return;
        }
        BuildLog log = new BuildLog(getLog(), new SourcePositions(project.getCompileSourceRoots()));
        DirectoryChecker.Summary summary;
        try (ClassPath path = openClassPath()) {
            // What is suspicious has been said when the classes were rewritten.
            summary = new DirectoryChecker(weaver(WarningPolicy.OFF, path), log::report).check(classes);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot read the classes in " + classes + ": " + e, e);
        }
        if (summary.wrong() > 0) {
            throw new MojoFailureException(
                    BuildLog.count(summary.wrong(), "class", "classes") + " cannot be packaged, see above");
        }
    }
}
