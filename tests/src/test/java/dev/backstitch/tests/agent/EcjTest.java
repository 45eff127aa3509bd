package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Eclipse's compiler makes of annotated methods, rewritten at load time and by the command line. */
class EcjTest {
    @TempDir
    private Path directory;

    @Test
    void should_run_when_eclipses_compiler_compiled_it() throws Exception {
        Path source = directory.resolve("src/app/EveryKind.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, Application.EVERY_KIND);
        Path classes = directory.resolve("classes");
        StringWriter messages = new StringWriter();
        String[] arguments = {
            "--release", "17", "-g", "-proc:none", "-d", classes.toString(),
            "-cp", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)), source.toString()
        };
        PrintWriter out = new PrintWriter(messages);
        assertTrue(BatchCompiler.compile(arguments, out, out, null), messages::toString);

        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).weaving().classPath(classes).run("app.EveryKind").quietOutput());
        String said = new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString()).quietOutput();
        assertEquals(classes + ": 1 classes rewritten, 6 frames, 0 refused", said.strip());
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(classes).run("app.EveryKind").quietOutput());
    }
}
