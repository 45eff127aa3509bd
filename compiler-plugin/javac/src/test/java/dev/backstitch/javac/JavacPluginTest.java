package dev.backstitch.javac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class JavacPluginTest {
    static final String NUMBERS = """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            public class Numbers {
                @Generator static Gen<Integer> numbers(int n) {
                    for (int i = 0; i < n; i++) { Gen.yield(i); }
                    return Gen.end();
                }
                static class Nested {
                    static Object all() { return numbers(3).stream().map(i -> -i).toList(); }
                }
                static Object all() { return Nested.all(); }
            }
            """;
    private static final String REFUSED = """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            public class Refused {
                @Generator static Gen<Integer> locked() {
                    synchronized (Refused.class) {
                        Gen.yield(1); Gen
                            .yield(2);
                    }
                    return Gen.end();
                }
                @Generator static Object wrong() { return null; }
            }
            """;
    private static final String DROPPING = """
            package app;
            import dev.backstitch.AsyncGen;
            public class Dropping {
                static void drop(AsyncGen<Integer> gen) { gen.close(); }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void should_rewrite_what_javac_writes_when_the_jar_is_on_the_processor_path() throws Exception {
        Javac javac = new Javac(directory).onProcessorPath();
        assertTrue(javac.compile("app/Numbers.java", NUMBERS), javac.said()::toString);
        assertEquals(List.of(), javac.said());
        assertEquals(
                Set.of("app/Numbers.class", "app/Numbers$Nested.class", "app/Numbers$numbers$$Frame.class"),
                javac.written().keySet());
        assertEquals(List.of(0, -1, -2), javac.run("app.Numbers", "all"));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_22)
    void should_rewrite_what_javac_writes_when_the_jar_is_on_the_class_path() throws Exception {
        Javac javac = new Javac(directory).onClassPath();
        assertTrue(javac.compile("app/Numbers.java", NUMBERS), javac.said()::toString);
        assertEquals(List.of(0, -1, -2), javac.run("app.Numbers", "all"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void should_rewrite_what_javac_writes_when_processing_is_asked_for() throws Exception {
        Javac javac = new Javac(directory).onClassPath().with("-proc:full");
        assertTrue(javac.compile("app/Numbers.java", NUMBERS), javac.said()::toString);
        assertEquals(List.of(0, -1, -2), javac.run("app.Numbers", "all"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_23)
    void should_fail_with_the_remedy_when_the_jar_is_on_the_class_path_only() throws Exception {
        Javac javac = new Javac(directory).onClassPath();
        assertFalse(javac.compile("app/Numbers.java", NUMBERS));
        assertEquals(
                List.of("ERROR 5:36 BST-108 the javac plugin is there, but annotation processing is off"), javac.said());
    }

    @Test
    void should_fail_with_the_remedy_when_processing_is_forbidden() throws Exception {
        Javac javac = new Javac(directory).onProcessorPath().with("-proc:none");
        assertFalse(javac.compile("app/Numbers.java", NUMBERS));
        assertEquals(
                List.of("ERROR 5:36 BST-108 the javac plugin is there, but annotation processing is off"), javac.said());
        Javac other = new Javac(directory).onProcessorPath().with("-proc:none");
        assertTrue(other.compile("app/Plain.java", "package app; class Plain { void f() {} }"), other.said()::toString);
    }

    @Test
    void should_report_at_the_call_and_leave_no_class_when_it_is_refused() throws Exception {
        Javac javac = new Javac(directory).onProcessorPath();
        assertFalse(javac.compile("app/Refused.java", REFUSED, "app/Numbers.java", NUMBERS));
        assertEquals(
                List.of(
                        "ERROR 7:22 BST-201 suspension while a monitor is held: Gen.yield(...)",
                        "ERROR 8:23 BST-201 suspension while a monitor is held: Gen.yield(...)",
                        "ERROR 12:30 BST-102 the return type does not fit the annotation: it returns java.lang.Object"),
                javac.said());
        assertFalse(javac.written().containsKey("app/Refused.class"));
    }

    @Test
    void should_warn_at_the_call_when_code_is_suspicious() throws Exception {
        Javac javac = new Javac(directory).onProcessorPath();
        assertTrue(javac.compile("app/Dropping.java", DROPPING));
        assertEquals(
                List.of("WARNING 4:56 BST-501 a coroutine or generator is made, and nothing of it ever runs:"
                        + " AsyncGen.close(...)"),
                javac.said());
    }

    @Test
    void should_follow_the_rules_when_they_are_given() throws Exception {
        Javac strict = new Javac(directory).onProcessorPath().with("-Abackstitch.warnings=error");
        assertFalse(strict.compile("app/Dropping.java", DROPPING));
        Javac deaf = new Javac(directory).onProcessorPath().with("-Abackstitch.warnings=error;BST-501:off:app.*");
        assertTrue(deaf.compile("app/Dropping.java", DROPPING));
        assertEquals(List.of(), deaf.said());
        Javac wrong = new Javac(directory).onProcessorPath().with("-Abackstitch.warnings=loud");
        assertFalse(wrong.compile("app/Dropping.java", DROPPING));
        assertTrue(wrong.said().get(0).contains("-Abackstitch.warnings: 'loud' is neither on, off or error"), wrong.said()::toString);
    }

    @Test
    void should_rewrite_what_was_written_for_ea_async_when_it_is_told_to() throws Exception {
        String store = """
                package app;
                import static com.ea.async.Async.await;
                import java.util.concurrent.CompletableFuture;
                class Store {
                    static CompletableFuture<Integer> doubled(CompletableFuture<Integer> price) {
                        return CompletableFuture.completedFuture(2 * await(price));
                    }
                    static Object late() {
                        CompletableFuture<Integer> price = new CompletableFuture<>();
                        CompletableFuture<Integer> doubled = doubled(price);
                        price.complete(4); // on this thread, which an await that blocks would hold
                        return doubled.join();
                    }
                }
                """;
        Javac javac = new Javac(directory).onProcessorPath().with("-Abackstitch.compat=ea-async");
        assertTrue(javac.compile("app/Store.java", store), javac.said()::toString);
        assertEquals(Set.of("app/Store.class", "app/Store$doubled$$Frame.class"), javac.written().keySet());
        assertEquals(8, javac.run("app.Store", "late"));
        Javac wrong = new Javac(directory).onProcessorPath().with("-Abackstitch.compat=eaasync");
        assertFalse(wrong.compile("app/Store.java", store));
        assertTrue(wrong.said().get(0).contains("-Abackstitch.compat is ea-async, not eaasync"), wrong.said()::toString);
        new Javac(directory.resolve("plain")).onProcessorPath().compile("app/Store.java", store);
        assertFalse(Files.exists(directory.resolve("plain/classes/app/Store$doubled$$Frame.class")));
    }

    @Test
    void should_leave_no_frame_behind_when_a_method_has_lost_its_annotation() throws Exception {
        new Javac(directory).onProcessorPath().compile("app/Numbers.java", NUMBERS);
        Javac again = new Javac(directory).onProcessorPath();
        assertTrue(again.compile("app/Numbers.java", NUMBERS.replace("@Generator", "").replace("Gen.yield(i);", "")));
        assertEquals(Set.of("app/Numbers.class", "app/Numbers$Nested.class"), again.written().keySet());
    }

    @Test
    void should_rewrite_beside_the_source_when_no_directory_is_given() throws Exception {
        Javac javac = new Javac(directory).onProcessorPath().besideTheSource();
        assertTrue(javac.compile("Numbers.java", NUMBERS.replace("package app;", "")), javac.said()::toString);
        assertTrue(Files.exists(directory.resolve("src/Numbers$numbers$$Frame.class")));
    }
}
