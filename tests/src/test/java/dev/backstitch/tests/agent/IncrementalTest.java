package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.DirectoryChecker;
import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.tests.jvm.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory in which a compiler replaces, adds and removes classes between one rewriting and the next. */
class IncrementalTest {
    private static final String ONE = "package app;\n" + Application.IMPORTS
            + """
            public class One {
                @Generator static Gen<Integer> a() { Gen.yield(1); return Gen.end(); }
                @Generator static Gen<Integer> b() { Gen.yield(2); return Gen.end(); }
                static class Inner$Dollar {
                    @Generator static Gen<Integer> in$ner() { Gen.yield(3); return Gen.end(); }
                }
            }
            """;
    private static final String TWO = "package app;\n" + Application.IMPORTS
            + """
            public class Two {
                @Async static Coroutine<Integer> c(Coroutine<Integer> x) { return Coroutine.of(1 + await(x)); }
            }
            """;

    @TempDir
    private Path directory;

    private Path classes;

    @BeforeEach
    void weaveFirst() throws IOException {
        classes = Application.compile(directory.resolve("classes"), ONE, TWO);
        assertEquals(new DirectoryWeaver.Summary(3, 0, 4, 0), weave(classes));
    }

    private static DirectoryWeaver.Summary weave(Path classes) throws IOException {
        return new DirectoryWeaver(new Weaver(), d -> {}).weave(classes);
    }

    private static DirectoryChecker.Summary check(Path classes, List<Diagnostic> found) throws IOException {
        return new DirectoryChecker(new Weaver(), found::add).check(classes);
    }

    private static Map<String, String> contents(Path classes) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(classes.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** What the directory would hold if {@code sources} had been compiled and rewritten into an empty one. */
    private Map<String, String> clean(String... sources) throws IOException {
        Path clean = Application.compile(directory.resolve("clean"), sources);
        weave(clean);
        return contents(clean);
    }

    @Test
    void should_touch_nothing_when_nothing_has_changed() throws IOException {
        FileTime old = FileTime.fromMillis(0);
        try (var files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, old);
            }
        }
        assertEquals(new DirectoryWeaver.Summary(0, 0, 0, 0), weave(classes));
        try (var files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertEquals(old, Files.getLastModifiedTime(file), file.toString());
            }
        }
    }

    @Test
    void should_hold_what_a_clean_build_holds_when_a_method_has_lost_its_annotation() throws IOException {
        String changed = ONE.replace("@Generator static Gen<Integer> b() { Gen.yield(2);", "static Gen<Integer> b() {");
        Application.compile(classes, changed);
        assertEquals(new DirectoryWeaver.Summary(2, 0, 2, 1), weave(classes));
        assertEquals(clean(changed, TWO), contents(classes));
    }

    @Test
    void should_hold_what_a_clean_build_holds_when_a_class_is_gone() throws IOException {
        Files.delete(classes.resolve("app/Two.class"));
        assertEquals(new DirectoryWeaver.Summary(0, 0, 0, 1), weave(classes));
        assertEquals(clean(ONE), contents(classes));
    }

    @Test
    void should_hold_what_a_clean_build_holds_when_nothing_suspends_any_more() throws IOException {
        String plain = "package app; public class One { static class Inner$Dollar { } }";
        Application.compile(classes, plain);
        assertEquals(new DirectoryWeaver.Summary(0, 0, 0, 3), weave(classes));
        assertEquals(clean(plain, TWO), contents(classes));
    }

    @Test
    void should_leave_no_frame_behind_when_a_changed_class_is_refused() throws IOException {
        Application.compile(classes, TWO.replace("static Coroutine", "static synchronized Coroutine"));
        assertEquals(new DirectoryWeaver.Summary(0, 1, 0, 1), weave(classes));
    }

    @Test
    void should_leave_a_class_alone_when_only_its_name_is_like_that_of_a_frame() throws IOException {
        Application.compile(classes, "package app; class Mine$$Frame { dev.backstitch.Gen<?> gen; }");
        assertEquals(0, weave(classes).removed());
        assertTrue(Files.exists(classes.resolve("app/Mine$$Frame.class")));
    }

    @Test
    void should_find_nothing_wrong_when_all_is_rewritten() throws IOException {
        List<Diagnostic> found = new ArrayList<>();
        assertEquals(new DirectoryChecker.Summary(3, 0), check(classes, found));
        assertEquals(List.of(), found);
    }

    @Test
    void should_find_what_is_wrong_when_classes_are_not_ready_to_be_shipped() throws IOException {
        Application.compile(classes, TWO);
        Files.delete(classes.resolve("app/One$a$$Frame.class"));
        Application.compile(
                classes,
                ONE.replace("class One", "class Three").replace("static Gen<Integer> a", "synchronized Gen<Integer> a"));
        List<Diagnostic> found = new ArrayList<>();
        assertEquals(new DirectoryChecker.Summary(1, 5), check(classes, found));
        assertEquals(
                """
                BST-306 a rewritten class is not complete or not valid: its frame One$a$$Frame.class is missing
                BST-107 a class that needs rewriting has not been rewritten
                BST-202 suspension in a synchronized method
                BST-306 a rewritten class is not complete or not valid: it is a frame that belongs to no class
                BST-107 a class that needs rewriting has not been rewritten
                """,
                String.join("", found.stream().map(d -> d.headline() + "\n").toList()));
    }

    @Test
    void should_find_an_orphan_when_its_class_is_gone() throws IOException {
        Files.delete(classes.resolve("app/Two.class"));
        List<Diagnostic> found = new ArrayList<>();
        assertEquals(new DirectoryChecker.Summary(2, 1), check(classes, found));
        assertEquals("app.Two$c$$Frame", found.get(0).location().type());
    }
}
