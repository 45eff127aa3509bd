package dev.backstitch.maven;

import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.hierarchy.ClassPath;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals take. */
abstract class AbstractBackstitchMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /** Does nothing. */
    @Parameter(property = "backstitch.skip", defaultValue = "false")
    boolean skip;

    /**
     * Which warnings are given, and which fail the build. Rules, of which the last that fits decides: {@code off},
     * {@code on} or {@code error} for all of them; {@code BST-504:off} or {@code BST-504:error} for one;
     * {@code BST-504:off:com.acme.*} for one in these classes.
     */
    @Parameter(property = "backstitch.warnings")
    List<String> warnings;

    /** {@code ea-async}: classes written for EA Async are rewritten too. */
    @Parameter(property = "backstitch.compat")
    String compat;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: backstitch.skip is set");
        } else {
            run();
        }
    }

    abstract void run() throws MojoExecutionException, MojoFailureException;

    /** What the classes were compiled against. */
    abstract List<String> classPath() throws DependencyResolutionRequiredException;

    /** A weaver with the settings of this build, good until {@code classPath} is closed. */
    final Weaver weaver(WarningPolicy policy, ClassPath classPath) throws MojoExecutionException {
        if (compat != null && !compat.equals("ea-async")) {
            throw new MojoExecutionException("<compat> is ea-async, not " + compat);
        }
        return new Weaver(policy, compat != null, classPath);
    }

    /** {@link #classPath}, to be closed: a Maven that stays alive would keep the jars open. */
    final ClassPath openClassPath() throws MojoExecutionException {
        try {
            return new ClassPath(classPath().stream().map(Path::of).toList());
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("The project's class path is not known: " + e, e);
        }
    }

    final WarningPolicy warningPolicy() throws MojoExecutionException {
        try {
            return warnings == null ? WarningPolicy.ON : WarningPolicy.parse(warnings);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("In <warnings>: " + e.getMessage(), e);
        }
    }
}
