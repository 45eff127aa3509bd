package dev.backstitch.tests.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstitch.tests.harness.CPython;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What became of each test method of CPython's tests of generators, coroutines and asyncio: {@code cpython-tests.tsv} names the
 * port, or says why there is none.
 */
class PortsTest {
    private static final Path TABLE = Path.of("src/test/resources/cpython-tests.tsv");
    private static final Path FIRST = Path.of("src/test/resources/first-tests.tsv");
    private static final String PYTHON = "3.13.0";

    /** The language's own tests, and how many of their 259 methods port as they are, and adapted: SEMANTICS.md section 2. */
    private static final Set<String> CORE =
            Set.of("test_generators.py", "test_yield_from.py", "test_coroutines.py", "test_asyncgen.py");

    private static final int CORE_METHODS = 259;
    private static final int CORE_AS_THEY_ARE = 151;
    private static final int CORE_ADAPTED = 40;
    private static final String ADAPTED = "adapted: ";
    private static final String DOCTEST = "doctest.";

    /**
     * A line of the table.
     *
     * @param method class and name
     * @param ports the tests here, as {@code asyncio.TaskTest#should}, in module {@code runtime} with {@code runtime:} before it
     * @param reason why there are none, or in what they are adapted; empty for a port of the same
     */
    private record Line(String file, String method, List<String> ports, String reason) {
        boolean isPorted() {
            return !ports.isEmpty();
        }

        /** Without its class. */
        String name() {
            return method.startsWith(DOCTEST) ? method : method.substring(method.lastIndexOf('.') + 1);
        }
    }

    private static List<Line> table() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(TABLE)) {
            if (text.startsWith("#")) {
                continue;
            }
            String[] cells = text.split("\t", -1);
            boolean ported = !cells[2].equals("-");
            lines.add(new Line(
                    cells[0],
                    cells[1],
                    ported ? List.of(cells[2].split(" ")) : List.of(),
                    cells.length > 3 ? cells[3] : ""));
        }
        return lines;
    }

    @Test
    void should_have_a_port_or_a_reason_for_each_method() throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (Line line : table()) {
            boolean explained = line.isPorted() ? line.reason.isEmpty() || line.reason.startsWith(ADAPTED) : !line.reason.isBlank();
            if (!explained || !seen.add(line.file + line.method)) {
                wrong.add(line.file + " " + line.method);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void should_have_ported_all_of_the_language_that_ports() throws IOException {
        List<Line> core = table().stream()
                .filter(line -> CORE.contains(line.file) && !line.method.startsWith(DOCTEST))
                .toList();
        long ported = core.stream().filter(Line::isPorted).count();
        long adapted = core.stream().filter(line -> line.isPorted() && line.reason.startsWith(ADAPTED)).count();
        assertEquals(CORE_METHODS, core.size());
        assertTrue(ported - adapted >= CORE_AS_THEY_ARE, "as they are: " + (ported - adapted));
        assertTrue(ported >= CORE_AS_THEY_ARE + CORE_ADAPTED, "in all: " + ported);
    }

    /** The tests that SEMANTICS.md section 2 counts from 1 to 60. */
    @Test
    void should_have_ported_the_sixty_that_come_first() throws IOException {
        Set<String> ported = new HashSet<>();
        table().stream().filter(Line::isPorted).forEach(line -> ported.add(line.file + " " + line.name()));
        List<String> missing = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(FIRST)) {
            if (!text.startsWith("#")) {
                String[] cells = text.split("\t");
                assertEquals(++number, Integer.parseInt(cells[0]));
                for (String name : cells[2].split(" ")) {
                    if (!ported.contains(cells[1] + " " + name)) {
                        missing.add(text);
                    }
                }
            }
        }
        assertEquals(60, number);
        assertEquals(List.of(), missing);
    }

    /** Each port is a test, and its comment names what it comes from. */
    @Test
    void should_have_the_ports_that_the_table_names() throws IOException {
        Map<String, String> sources = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Line line : table()) {
            for (String port : line.ports) {
                String[] place = port.split("#");
                String source = sources.computeIfAbsent(place[0], PortsTest::source);
                String comment = comment(source, place[1]);
                if (comment == null || !names(comment, line.method)) {
                    missing.add(line.file + " " + line.method + " as " + port);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static String source(String name) {
        String module = name.startsWith("runtime:") ? "../runtime" : ".";
        String file = name.substring(name.indexOf(':') + 1).replace('.', '/') + ".java";
        try {
            return Files.readString(Path.of(module, "src/test/java/dev/backstitch/tests", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String TEST = "@(?:Test|CoroutineTest|TestFactory|ParameterizedTest)\\b";

    /** What stands above the test {@code method}; null when there is no such test. */
    private static String comment(String source, String method) {
        Matcher declared = Pattern.compile("[\\w>] " + method + "\\(").matcher(source);
        if (!declared.find()) {
            return null;
        }
        String before = source.substring(0, declared.start());
        int start = before.lastIndexOf("/**");
        return start >= 0 && Pattern.compile(TEST).matcher(before.substring(start)).find()
                        && before.indexOf("\n    }\n", start) < 0
                ? before.substring(start)
                : null;
    }

    /** Whether {@code comment} names {@code method}; of several, the later ones may be given by their ends, {@code _like_this}. */
    private static boolean names(String comment, String method) {
        String name = method.substring(method.lastIndexOf('.') + 1);
        if (method.startsWith(DOCTEST)) {
            return Pattern.compile("(?i)doctest " + name + "\\b").matcher(comment).find();
        }
        String type = method.substring(0, method.lastIndexOf('.'));
        if (comment.contains(type + ", all of its methods")) {
            return true;
        }
        Matcher words = Pattern.compile("\\b(?:test_\\w+)|(?<!\\w)_\\w+").matcher(comment);
        while (words.find()) {
            String word = words.group();
            if (word.equals(name) || word.startsWith("_") && name.endsWith(word)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void should_list_the_methods_that_cpython_has() throws Exception {
        List<String> python = CPython.find();
        assumeFalse(python.isEmpty(), "no CPython 3.13 here");
        Set<String> files = new LinkedHashSet<>();
        List<String> listed = new ArrayList<>();
        for (Line line : table()) {
            files.add(line.file);
            listed.add(line.file + " " + line.method);
        }
        List<String> command = new ArrayList<>(python);
        command.add("list_tests.py");
        command.addAll(files);
        Process process = CPython.start(command);
        List<String> output = new String(process.getInputStream().readAllBytes()).lines().toList();
        assertEquals(0, process.waitFor(), output.toString());
        assumeTrue(output.get(0).equals(PYTHON), "CPython " + output.get(0) + " may have other tests than " + PYTHON);
        assumeTrue(output.size() > 1, "this CPython came without its tests");
        assertEquals(String.join("\n", output.subList(1, output.size())), String.join("\n", listed));
    }
}
