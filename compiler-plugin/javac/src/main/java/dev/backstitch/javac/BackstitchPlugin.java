package dev.backstitch.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;

/**
 * Found by javac on the processor path, or, if there is none, on the class path, and started without being asked for. It
 * cannot rewrite by itself, since it is not told where classes are written: {@link BackstitchProcessor} is. What it does
 * is to notice that no processor runs, which nobody would otherwise, and to fail with the remedy.
 */
public final class BackstitchPlugin implements Plugin {
    @Override
    public String getName() {
        return "Backstitch";
    }

    @Override
    public boolean autoStart() {
        return true;
    }

    @Override
    public void init(JavacTask task, String... arguments) {
        Compilation.of(task).expectProcessor();
    }
}
