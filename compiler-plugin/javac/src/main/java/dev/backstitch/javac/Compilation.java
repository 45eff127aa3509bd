package dev.backstitch.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.diag.WarningPolicy;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;

/** One run of javac, in which the plugin and the processor meet. Used by javac's thread only. */
final class Compilation implements TaskListener {
    private static final Map<JavacTask, Compilation> RUNNING = new WeakHashMap<>();
    private static final String ANNOTATIONS = "dev.backstitch.annotations.";

    private final SourceCalls calls = new SourceCalls();
    private final Trees trees;
    private final javax.lang.model.util.Elements elements;
    private boolean pluginIsThere;
    private boolean complained;
    private WrittenClasses classes;

    private Compilation(JavacTask task) {
        trees = Trees.instance(task);
        elements = task.getElements();
    }

    /** The run that {@code task} is. */
    static Compilation of(JavacTask task) {
        synchronized (RUNNING) {
            Compilation compilation = RUNNING.get(task);
            if (compilation == null) {
                compilation = new Compilation(task);
                RUNNING.put(task, compilation);
                task.addTaskListener(compilation);
            }
            return compilation;
        }
    }

    /** The plugin is there: a class that needs rewriting, and no processor to do it, is an error. */
    void expectProcessor() {
        pluginIsThere = true;
    }

    /** The processor is there. */
    void rewriteWith(ProcessingEnvironment environment, List<String> warnings) {
        WarningPolicy policy;
        try {
            policy = WarningPolicy.parse(warnings);
        } catch (IllegalArgumentException e) {
            environment.getMessager().printMessage(Kind.ERROR, "-A" + BackstitchProcessor.WARNINGS + ": " + e.getMessage());
            policy = WarningPolicy.ON;
        }
        String compat = environment.getOptions().get(BackstitchProcessor.COMPAT);
        if (compat != null && !compat.equals("ea-async")) {
            environment.getMessager().printMessage(
                    Kind.ERROR, "-A" + BackstitchProcessor.COMPAT + " is ea-async, not " + compat);
        }
        classes = new WrittenClasses(
                environment.getFiler(), new Weaver(policy, compat != null), CompiledTypes.of(environment.getElementUtils()));
    }

    @Override
    public void finished(TaskEvent event) {
        switch (event.getKind()) {
            case ANALYZE -> {
                if (classes != null) {
                    calls.collect(event.getCompilationUnit(), trees);
                } else if (pluginIsThere) {
                    noticeUnprocessed(event);
                }
            }
            case GENERATE -> {
                if (classes != null && event.getTypeElement() != null) {
                    rewrite(event);
                }
            }
            case COMPILATION -> {
                if (classes != null) {
                    classes.removeOrphans();
                }
            }
            default -> {}
        }
    }

    private void rewrite(TaskEvent event) {
        String name = elements.getBinaryName(event.getTypeElement()).toString();
        for (Diagnostic diagnostic : classes.rewrite(name, event.getSourceFile(), event.getTypeElement())) {
            Kind kind = diagnostic.isError() ? Kind.ERROR : Kind.WARNING;
            calls.print(trees, kind, diagnostic, event);
        }
    }

    private void noticeUnprocessed(TaskEvent event) {
        if (complained || event.getTypeElement() == null) {
            return;
        }
        Element method = annotatedIn(event.getTypeElement());
        if (method != null) {
            complained = true;
            SourceLocation where = new SourceLocation(
                    elements.getBinaryName((TypeElement) method.getEnclosingElement()).toString(),
                    method.getSimpleName().toString(),
                    null,
                    0);
            trees.printMessage(
                    Kind.ERROR,
                    new Diagnostic(DiagnosticCode.NO_PROCESSOR, where, "").format(),
                    trees.getTree(method),
                    event.getCompilationUnit());
        }
    }

    private static Element annotatedIn(TypeElement type) {
        for (Element member : type.getEnclosedElements()) {
            if (member.getKind() == ElementKind.METHOD
                    && member.getAnnotationMirrors().stream().anyMatch(a -> {
                        String name = a.getAnnotationType().toString();
                        return name.equals(ANNOTATIONS + "Async") || name.equals(ANNOTATIONS + "Generator");
                    })) {
                return member;
            }
            if (member instanceof TypeElement nested) {
                Element found = annotatedIn(nested);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
