package dev.backstitch.javac;

import com.sun.source.util.JavacTask;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Rewrites each class file after javac has written it. An annotation processor for two reasons only: javac finds it
 * without being told, and tells it where class files go. It claims no annotation.
 *
 * <p>Options: {@code -Abackstitch.warnings=RULE;RULE}, as in the guide to warnings; {@code -Abackstitch.compat=ea-async}.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions({BackstitchProcessor.WARNINGS, BackstitchProcessor.COMPAT})
public final class BackstitchProcessor extends AbstractProcessor {
    static final String WARNINGS = "backstitch.warnings";
    static final String COMPAT = "backstitch.compat";

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        JavacTask task;
        try {
            task = JavacTask.instance(environment);
        } catch (IllegalArgumentException e) {
            return; // another compiler, or a build tool that wraps the environment: BST-107 or NotWovenError will tell
        }
        String rules = environment.getOptions().get(WARNINGS);
        Compilation.of(task).rewriteWith(environment, rules == null ? List.of() : List.of(rules.split(";")));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return false;
    }
}
