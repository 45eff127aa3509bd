package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jacoco.agent.AgentJar;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ILine;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same class file measured twice by JaCoCo: woven, and as it is, over twins of the runtime's classes whose suspension
 * points return at once. Every line must come out the same, to the last branch and instruction.
 */
class CoverageTest {
    @TempDir
    Path directory;

    private Path classes;
    private Path jacoco;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), CoverageSources.TARGET);
        jacoco = directory.resolve("jacocoagent.jar");
        AgentJar.extractTo(jacoco.toFile());
    }

    @Test
    void should_cover_the_same_lines_when_woven() throws Exception {
        Path twin = Application.compile(directory.resolve("twin"), List.of(), CoverageSources.TWIN_RUNTIME);
        Path twinDriver = Application.compile(
                directory.resolve("twin-driver"),
                List.of("-cp", Jvm.path(List.of(classes, twin, Jvm.ANNOTATIONS))),
                CoverageSources.MAIN,
                CoverageSources.TWIN_DRIVER);
        String twinOutput = new Jvm(directory)
                .agent(jacoco, "destfile=twin.exec")
                .with("-cp", Jvm.path(List.of(classes, twinDriver, twin)))
                .run("app.Main")
                .quietOutput();

        Path driver = Application.compile(
                directory.resolve("driver"),
                List.of("-cp", Jvm.path(List.of(classes, Jvm.RUNTIME, Jvm.ANNOTATIONS))),
                CoverageSources.MAIN,
                CoverageSources.DRIVER);
        String wovenOutput = new Jvm(directory)
                .agent(jacoco, "destfile=woven.exec")
                .weaving("onError=fail", "warnings=off")
                .classPath(classes, driver)
                .run("app.Main")
                .quietOutput();

        assertEquals(twinOutput, wovenOutput);
        Map<Integer, String> expected = lines("twin.exec");
        assertEquals(text(expected), text(lines("woven.exec")));
        // The comparison means something: there are lines of all kinds.
        assertTrue(expected.values().stream().anyMatch(line -> line.matches("instructions 0/.*")), expected::toString);
        assertTrue(expected.values().stream().anyMatch(line -> line.matches(".*branches 1/2")), expected::toString);
        assertTrue(expected.values().stream().anyMatch(line -> line.matches(".*branches 2/2")), expected::toString);
    }

    @Test
    void should_say_so_when_jacoco_comes_second() throws Exception {
        Path plain = Application.compile(
                directory.resolve("plain"),
                "package app; public class Plain { public static void main(String[] args) { System.out.print(1); } }");
        Jvm.Result result = new Jvm(directory)
                .weaving()
                .agent(jacoco, "destfile=second.exec")
                .classPath(plain)
                .run("app.Plain");
        assertEquals("1", result.out());
        assertTrue(
                result.err().startsWith("[backstitch] BST-404 JaCoCo's agent comes after Backstitch's\n"), result.err());
    }

    /** Per line with code: what JaCoCo counts as covered of what there is. */
    private Map<Integer, String> lines(String execFile) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(directory.resolve(execFile).toFile());
        CoverageBuilder builder = new CoverageBuilder();
        byte[] classFile = Files.readAllBytes(classes.resolve("app/Target.class"));
        new Analyzer(loader.getExecutionDataStore(), builder).analyzeClass(classFile, "Target");
        Map<Integer, String> lines = new TreeMap<>();
        for (IClassCoverage type : builder.getClasses()) {
            assertTrue(!type.isNoMatch(), "JaCoCo saw another class file than the compiler's");
            for (int i = type.getFirstLine(); i <= type.getLastLine(); i++) {
                ILine line = type.getLine(i);
                if (line.getStatus() != ICounter.EMPTY) {
                    lines.put(i, "instructions " + ratio(line.getInstructionCounter()) + " branches "
                            + ratio(line.getBranchCounter()));
                }
            }
        }
        return lines;
    }

    private static String ratio(ICounter counter) {
        return counter.getCoveredCount() + "/" + counter.getTotalCount();
    }

    private static String text(Map<Integer, String> lines) {
        List<String> source = CoverageSources.TARGET.lines().toList();
        StringBuilder text = new StringBuilder();
        lines.forEach((number, line) -> text.append(line)
                .append(" | ")
                .append(source.get(number - 1).strip())
                .append('\n'));
        return text.toString();
    }
}
