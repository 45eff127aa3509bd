package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.structured.Groups.group;
import static dev.backstitch.tests.structured.Groups.v;
import static dev.backstitch.tests.structured.TaskGroupTest.failureOf;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How groups print: the picture of SEMANTICS.md 5.3, rules 5 and 6, through {@code printStackTrace()}. */
class GroupPrintingTest {
    private static final Labels LABELS = Labels.of(GroupPrintingTest.class);

    private static String print(Throwable exception) {
        var text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return LABELS.in(text.toString().replace(System.lineSeparator(), "\n"));
    }

    @Async
    private static Coroutine<Void> leaf(int n) {
        await(pause(n));
        throw new IllegalArgumentException("leaf " + n); // @leaf
    }

    @Async
    private static Coroutine<Void> worker(int n) {
        await(leaf(n)); // @worker
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> stubborn() {
        try {
            await(pause(10_000)); // @stubborn-waits
        } catch (Error cancelled) {
            throw new IllegalStateException("cleanup", cancelled); // @stubborn
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inner() {
        try (var tg = TaskGroup.open()) {
            tg.spawn(worker(1), "inner worker");
        } // @inner
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> outer() {
        try (var tg = TaskGroup.open()) {
            tg.spawn(worker(1), "first");
            tg.spawn(worker(2), "cancelled");
            tg.spawn(stubborn(), "cleaner");
            tg.spawn(inner(), "nested");
        } // @outer
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> main() {
        await(outer()); // @main
        return Coroutine.done();
    }

    /** The example of 5.3, with a group in it. */
    @Test
    void should_show_each_member_with_its_trace_and_the_name_of_its_task() {
        assertEquals("""
                ExceptionGroup: unhandled errors in a TaskGroup (3 sub-exceptions)
                	at GroupPrintingTest.outer(@outer)
                	at GroupPrintingTest.main(@main)
                	at TaskGroupTest.failureOf(line)
                	at VirtualLoop.start(line)
                  +-+---------------- 1: first ----------------
                    | java.lang.IllegalArgumentException: leaf 1
                    | 	at GroupPrintingTest.leaf(@leaf)
                    | 	at GroupPrintingTest.worker(@worker)
                    +---------------- 2: cleaner ----------------
                    | java.lang.IllegalStateException: cleanup
                    | 	at GroupPrintingTest.stubborn(@stubborn)
                    | Caused by: CancelledError (cancelled because task 'first' of its group failed with java.lang.IllegalArgumentException)
                    | 	at GroupPrintingTest.stubborn(@stubborn-waits)
                    +---------------- 3: nested ----------------
                    | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
                    | 	at GroupPrintingTest.inner(@inner)
                    +-+---------------- 1: inner worker ----------------
                      | java.lang.IllegalArgumentException: leaf 1
                      | 	at GroupPrintingTest.leaf(@leaf)
                      | 	at GroupPrintingTest.worker(@worker)
                      +------------------------------------
                """, print(run(() -> failureOf(main()))).replaceAll("(TaskGroupTest|VirtualLoop).java:\\d+", "line"));
    }

    @Test
    void should_print_the_same_to_a_stream() {
        ExceptionGroup eg = group("eg", v(1), group("nested", v(2)));
        var bytes = new ByteArrayOutputStream();
        eg.printStackTrace(new PrintStream(bytes, true));
        assertEquals(print(eg), LABELS.in(bytes.toString().replace(System.lineSeparator(), "\n")));
    }

    /** What knows nothing of groups shows the members as suppressed exceptions. */
    @Test
    void should_show_its_members_when_it_is_the_cause_of_another_exception() {
        String text = print(new RuntimeException(group("eg", v(1), group("nested", v(2)))));
        assertTrue(text.contains("Caused by: ExceptionGroup: eg (2 sub-exceptions)"), text);
        assertTrue(text.contains("\tSuppressed: Groups$ValueError: 1"), text);
        assertTrue(text.contains("\tSuppressed: ExceptionGroup: nested (1 sub-exception)"), text);
        assertTrue(text.contains("\t\tSuppressed: Groups$ValueError: 2"), text);
    }

    private static String withoutFrames(String text) {
        return Pattern.compile("^.*\tat .*\n", Pattern.MULTILINE).matcher(text).replaceAll("");
    }

    @Test
    void should_show_its_cause_and_what_was_suppressed() {
        ExceptionGroup eg = group("eg", v(1));
        eg.initCause(v("cause"));
        eg.addSuppressed(v("suppressed"));
        assertEquals("""
                ExceptionGroup: eg (1 sub-exception)
                  +-+---------------- 1 ----------------
                    | Groups$ValueError: 1
                    +------------------------------------
                	Suppressed: Groups$ValueError: suppressed
                Caused by: Groups$ValueError: cause
                """, withoutFrames(print(eg)));
    }

    /** As Python: 15 members, 10 groups in groups. */
    @Test
    void should_cut_what_is_too_wide_or_too_deep() {
        List<Throwable> many = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            many.add(v(i));
        }
        String wide = withoutFrames(print(new ExceptionGroup("wide", many)));
        assertTrue(wide.endsWith("""
                    +---------------- 15 ----------------
                    | Groups$ValueError: 15
                    +---------------- ... ----------------
                    | and 5 more
                    +------------------------------------
                """), wide);
        Throwable deep = v(1);
        for (int i = 0; i < 100_000; i++) {
            deep = group("deep", deep);
        }
        String text = withoutFrames(print(deep));
        assertEquals(11, Pattern.compile("deep \\(1 sub-exception\\)").matcher(text).results().count());
        assertTrue(text.contains("... (groups in more than 10 groups are not shown)"), text);
    }

    @Test
    void should_end_when_groups_refer_to_each_other() {
        ExceptionGroup inner = group("inner", v(1));
        ExceptionGroup outer = group("outer", inner);
        inner.initCause(outer);
        String text = withoutFrames(print(outer));
        assertTrue(text.contains("Caused by: [CIRCULAR REFERENCE: ExceptionGroup: outer (1 sub-exception)]"), text);
    }

    @Async
    private static Coroutine<Void> wide() {
        try (var tg = TaskGroup.open()) {
            for (int i = 0; i < 12; i++) {
                tg.spawn(worker(1));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> second(Task<Void> task) {
        await(task); // @second
        return Coroutine.done();
    }

    /** Rule 4, for a group whose many members are among its suppressed exceptions. */
    @Test
    void should_show_who_else_has_awaited_it() {
        Throwable failure = run(() -> {
            Task<Void> task = Tasks.spawn(wide());
            Throwable first = await(failureOf(second(task)));
            assertSame(first, await(failureOf(second(task))));
            return Coroutine.of(first);
        });
        String text = print(failure);
        assertEquals(1, Pattern.compile("also awaited at\n\tat GroupPrintingTest.second\\(@second\\)").matcher(
                text.replace("\t\tat", "\tat")).results().count(), text);
    }

    /** A part keeps the names of the tasks. */
    @Test
    void should_keep_the_names_of_tasks_when_split() {
        var eg = (ExceptionGroup) run(() -> failureOf(main()));
        assertEquals("first", eg.taskName(0));
        ExceptionGroup rest = eg.split(IllegalArgumentException.class).rest();
        assertEquals("cleaner", rest.taskName(0));
        assertEquals(1, rest.exceptions().size());
        assertTrue(print(rest).contains("---------------- 1: cleaner ----------------"));
    }
}
