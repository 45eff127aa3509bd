package dev.backstitch.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.examples.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a project of one module with one class: what a user sees. */
class DemoTest {

    @Test
    void should_crawl_the_javadoc_of_a_project(@TempDir Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("module/src/main/java/org/example"));
        Files.writeString(sources.resolve("Hello.java"), "package org.example; /** A greeting. */ public class Hello {}");

        var result = JavaProcess.runWoven(List.of(), Demo.class,
                "--project", directory.toString(), "--work", directory.resolve("work").toString());

        assertEquals(0, result.exitCode(), result.output());
        List<String> lines = Files.readAllLines(directory.resolve("work/crawl.jsonl"));
        assertOne(lines, "/apidocs/org/example/Hello.html\"", "\"outcome\":\"html\"");
        assertOne(lines, "/faults/busy\"", "\"attempts\":3");
        assertOne(lines, "/faults/missing\"", "(not found)");
        assertOne(lines, "/faults/silent\"", "no answer within");
        assertOne(lines, "/faults/circle\"", "go round in a circle");
        assertOne(lines, "/faults/disallowed\"", "\"outcome\":\"disallowed\"");
        assertEquals(3, lines.stream().filter(line -> line.contains("\"outcome\":\"failed\"")).count(), lines::toString);
        assertTrue(result.output().contains("  failures   3\n"), result.output());
    }

    private static void assertOne(List<String> lines, String url, String what) {
        List<String> found = lines.stream().filter(l -> l.contains(url + ",\"depth\"")).toList();
        assertEquals(1, found.size(), lines::toString);
        assertTrue(found.get(0).contains(what), found.get(0));
    }
}
