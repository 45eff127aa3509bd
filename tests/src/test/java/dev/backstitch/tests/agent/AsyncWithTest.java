package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** async with over types that only their class files show to be asynchronous: the program's and the runtime's. */
class AsyncWithTest {
    private static final String RESOURCE = "package app;\n" + Application.IMPORTS
            + """
            interface Named extends AsyncCloseable {}
            record Resource(String name) implements Named {
                static { System.out.println("Resource is loaded"); }
                @Async public Coroutine<Boolean> exit(Throwable failure) {
                    suspend("exit " + name);
                    System.out.println("exit " + name + " " + failure);
                    return Coroutine.of(failure != null);
                }
            }
            """;

    private static final String MAIN = "package app;\n" + Application.IMPORTS
            + """
            public class Main {
                @Async static Coroutine<String> uses(boolean fails) {
                    String s = "swallowed";
                    System.out.println("uses");
                    try (Named r = new Resource("r")) {
                        if (fails) { throw new IllegalStateException("body"); }
                        s = "ended";
                    }
                    return Coroutine.of(s);
                }
                @Async static Coroutine<Void> groups() {
                    try (var group = dev.backstitch.loop.TaskGroup.open()) {
                        group.spawn(uses(true));
                        System.out.println("spawned");
                    }
                    System.out.println("joined");
                    return Coroutine.done();
                }
                public static void main(String[] args) {
                    System.out.println(EveryKind.drive(uses(true)) + " " + EveryKind.drive(uses(false)));
                }
            }
            """;

    private static final String OUTPUT = String.join(
                    System.lineSeparator(),
                    "uses",
                    "Resource is loaded",
                    "exit r java.lang.IllegalStateException: body",
                    "uses",
                    "exit r null",
                    "swallowed ended")
            + System.lineSeparator();

    @TempDir
    private Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND, RESOURCE, MAIN);
    }

    @Test
    void should_await_the_exit_when_the_agent_has_found_the_type_without_loading_it() throws Exception {
        assertEquals(OUTPUT, new Jvm(directory).weaving().classPath(classes).run("app.Main").quietOutput());
    }

    @Test
    void should_await_the_exit_when_the_command_line_knows_the_class_path() throws Exception {
        Jvm.Result woven = new Jvm(directory)
                .run("-jar", Jvm.AGENT.toString(), "weave", "--class-path", Jvm.RUNTIME.toString(), classes.toString());
        assertEquals(classes + ": 3 classes rewritten, 9 frames, 0 refused", woven.quietOutput().strip());
        assertEquals(OUTPUT, new Jvm(directory).classPath(classes).run("app.Main").quietOutput());
    }

    @Test
    void should_warn_when_the_command_line_does_not_know_the_class_path() throws Exception {
        Jvm.Result woven = new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString());
        assertEquals(0, woven.status());
        assertTrue(woven.err().contains("BST-505 "), woven.err());
        assertTrue(woven.err().contains(": dev.backstitch.loop.TaskGroup"), woven.err());
    }
}
