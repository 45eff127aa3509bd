package dev.backstitch.tests.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** DESIGN.md section 2: a suspended frame that leaks with a pending {@code finally} is reported, with where it was made. */
class LeakReportTest {
    private static List<String> run(String option) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeakProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return lines;
    }

    private static String dropped(String place) {
        return dropped("generator", "generator", LeakProgram.class.getName() + place);
    }

    private static String droppedCoroutine(String place) {
        return dropped("coroutine", "coroutine", CoroutineLeaks.class.getName() + place);
    }

    private static String droppedAsyncGenerator(String place) {
        return dropped("asynchronous generator", "async generator", CoroutineLeaks.class.getName() + place);
    }

    private static String dropped(String what, String kind, String place) {
        return what + " was never closed: <" + kind + " " + place
                + "> was dropped while suspended, and its finally blocks have not run";
    }

    private static String at(String place) {
        return "\tat " + LeakProgram.class.getName() + place;
    }

    private static String atCoroutines(String place) {
        return "\tat " + CoroutineLeaks.class.getName() + place;
    }

    private static List<String> withoutLoaders(List<String> lines) {
        return lines.stream().map(line -> line.replace("\tat app//", "\tat ")).toList();
    }

    @Test
    void should_report_what_is_dropped_with_a_pending_finally() throws Exception {
        assertEquals(
                List.of(
                        droppedAsyncGenerator(".values(CoroutineLeaks.java:62)"),
                        "created", atCoroutines(".takes(CoroutineLeaks.java:74)"),
                        droppedAsyncGenerator(".values(CoroutineLeaks.java:63)"),
                        "created", atCoroutines(".dropReported(CoroutineLeaks.java:97)"),
                        droppedCoroutine(".cleans(CoroutineLeaks.java:23)"),
                        "created", atCoroutines(".dropReported(CoroutineLeaks.java:93)"),
                        droppedCoroutine(".cleans(CoroutineLeaks.java:23)"),
                        "created", atCoroutines(".overCleans(CoroutineLeaks.java:35)"),
                        droppedCoroutine(".hot(CoroutineLeaks.java:51)"),
                        "created", atCoroutines(".dropReported(CoroutineLeaks.java:95)"),
                        droppedCoroutine(".overCleans(CoroutineLeaks.java:35)"),
                        "created", atCoroutines(".over(CoroutineLeaks.java:44)"),
                        dropped(".cleans(LeakProgram.java:26)"), "created", at(".delegates(LeakProgram.java:58)"),
                        dropped(".cleans(LeakProgram.java:27)"), "created", at(".dropReported(LeakProgram.java:96)"),
                        dropped(".closes(LeakProgram.java:38)"), "created", at(".dropReported(LeakProgram.java:97)"),
                        dropped(".delegates(LeakProgram.java:58)"), "created", at(".dropReported(LeakProgram.java:99)"),
                        dropped(".primitive(LeakProgram.java:48)"), "created", at(".dropReported(LeakProgram.java:98)"),
                        dropped(".walks(LeakProgram.java:80)"), "created", at(".dropReported(LeakProgram.java:100)"),
                        dropped(".walks(LeakProgram.java:82)"), "created", at(".walks(LeakProgram.java:80)")),
                withoutLoaders(run("-Dbackstitch.leaks=true")));
    }

    @Test
    void should_tell_the_whole_stack_that_made_it_when_in_debug_mode() throws Exception {
        List<String> lines = withoutLoaders(run("-Dbackstitch.debug=true"));
        int first = lines.indexOf(dropped(".closes(LeakProgram.java:38)"));
        assertEquals(
                List.of("created", at(".dropReported(LeakProgram.java:97)"), at(".main(LeakProgram.java:145)")),
                lines.subList(first + 1, first + 4));
        int awaited = lines.indexOf(droppedCoroutine(".overCleans(CoroutineLeaks.java:35)"));
        assertEquals(
                List.of(
                        "created",
                        atCoroutines(".over(CoroutineLeaks.java:44)"),
                        atCoroutines(".send(CoroutineLeaks.java:85)"),
                        atCoroutines(".dropReported(CoroutineLeaks.java:94)"),
                        at(".main(LeakProgram.java:146)")),
                lines.subList(awaited + 1, awaited + 6));
    }

    @Test
    void should_report_nothing_when_that_is_not_asked_for() throws Exception {
        assertEquals(List.of(), run("-Dbackstitch.leaks=false"));
    }
}
