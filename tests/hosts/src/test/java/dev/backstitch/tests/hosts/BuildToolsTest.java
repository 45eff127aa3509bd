package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of the guides for build tools, word for word but for the place of our jars, which nobody publishes yet. Those for
 * Bazel and sbt, which take long to start, are run with {@code -Dbackstitch.recipes=all}.
 */
class BuildToolsTest {
    private static final Path GUIDES = Path.of("../../docs/guide");

    private static final String SLOW = "backstitch.recipes";

    /** Its {@code close()} is awaited, which only who knows the runtime's class files can tell. */
    private static final String SCOPE = """
            package app;
            import static dev.backstitch.Coroutine.await;
            import static dev.backstitch.loop.Tasks.sleep;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import dev.backstitch.loop.*;
            import java.time.Duration;
            public class Scope {
                @Async static Coroutine<Void> failing() {
                    await(sleep(Duration.ZERO));
                    throw new IllegalStateException("failed");
                }
                @Async static Coroutine<Void> run() {
                    try (var group = TaskGroup.open()) {
                        group.spawn(failing());
                        await(sleep(Duration.ofDays(1)));
                    }
                    return Coroutine.done();
                }
                public static void main(String[] args) {
                    try {
                        EventLoop.run(run());
                    } catch (ExceptionGroup e) {
                        System.out.println(e.exceptions());
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = directory.resolve("src/main/java/app/EveryKind.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, Application.EVERY_KIND);
        Files.writeString(source.resolveSibling("Scope.java"), SCOPE);
    }

    /** The first block of a guide behind {@code words}. */
    private static String recipe(String guide, String words) throws IOException {
        Matcher block = Pattern.compile(Pattern.quote(words) + ".*?```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDES.resolve(guide)));
        assertTrue(block.find(), words);
        return block.group(1);
    }

    /** Compiles the sources as somebody's build would, into {@code classes}. */
    private Path compile(Path classes) throws IOException {
        return Application.compile(classes, Application.EVERY_KIND, SCOPE);
    }

    private void mustRun(Path classes) throws Exception {
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(classes).run("app.EveryKind").quietOutput());
        assertEquals(
                "[java.lang.IllegalStateException: failed]",
                new Jvm(directory).classPath(classes).run("app.Scope").quietOutput().strip());
    }

    @Test
    void should_rewrite_when_ant_follows_the_recipe() throws Exception {
        String recipe = recipe("command-line.md", "Ant, after").replace("backstitch-agent.jar", Jvm.AGENT.toString());
        Files.writeString(directory.resolve("build.xml"), """
                <project default="compile">
                  <target name="compile">
                    <mkdir dir="classes"/>
                    <path id="libraries" path="%s"/>
                    <javac srcdir="src/main/java" destdir="classes" includeantruntime="false" classpathref="libraries"/>
                    %s
                  </target>
                </project>
                """.formatted(Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)), recipe));
        String said = new Jvm(directory)
                .startingQuickly()
                .with("-cp", Jvm.path(Jars.ofClassPath("ant-")))
                .run("org.apache.tools.ant.launch.Launcher", "-f", "build.xml")
                .mustSucceed();
        assertTrue(said.contains("classes: 2 classes rewritten, 8 frames, 0 refused"), said);
        mustRun(directory.resolve("classes"));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void should_rewrite_when_gradle_follows_the_recipe_for_the_command_line() throws Exception {
        Gradle gradle = Gradle.ofThePath();
        String recipe = recipe("command-line.md", "Gradle, in").replace(
                "'dev.backstitch:backstitch-agent:0.1.0-SNAPSHOT'", "files('" + Jvm.AGENT + "')");
        Files.writeString(directory.resolve("build.gradle"), """
                apply plugin: 'java'
                dependencies { compileOnly files('%s', '%s') }
                """.formatted(Jvm.RUNTIME, Jvm.ANNOTATIONS) + recipe);
        gradle.run(directory, "classes");
        mustRun(gradle.classes(directory));
        String again = gradle.run(directory, "classes");
        assertTrue(again.contains(":compileJava UP-TO-DATE"), again);
        mustRun(gradle.classes(directory));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void should_rewrite_when_gradle_follows_the_recipe_for_the_javac_plugin() throws Exception {
        Gradle gradle = Gradle.ofThePath();
        String recipe = recipe("javac.md", "\nGradle:")
                .replace("'dev.backstitch:backstitch-javac:0.1.0-SNAPSHOT'", "files('" + Jars.javacPlugin() + "')");
        Files.writeString(directory.resolve("build.gradle"), """
                apply plugin: 'java'
                if (GradleVersion.current() < GradleVersion.version('4.6')) { // which makes these itself
                    configurations { annotationProcessor; testAnnotationProcessor }
                    compileJava.options.annotationProcessorPath = configurations.annotationProcessor
                }
                dependencies { compileOnly files('%s', '%s') }
                """.formatted(Jvm.RUNTIME, Jvm.ANNOTATIONS) + recipe);
        gradle.run(directory, "classes");
        Path classes = gradle.classes(directory);
        assertTrue(Files.exists(classes.resolve("app/EveryKind$ask$$Frame.class")));
        mustRun(classes);
    }

    @Test
    @EnabledIfSystemProperty(named = SLOW, matches = "all")
    void should_rewrite_when_bazel_follows_the_recipe() throws Exception {
        Path bazel = tool("bazel");
        Path rulesOfDebian = Path.of("/usr/share/bazel/rules/cc");
        Files.writeString(
                directory.resolve("WORKSPACE"),
                Files.exists(rulesOfDebian) // which Bazel downloads otherwise
                        ? "local_repository(name = 'rules_cc', path = '%s')%n".formatted(rulesOfDebian)
                        : "");
        Files.writeString(directory.resolve("BUILD"), recipe("command-line.md", "Bazel, a rule"));
        Jars.write(directory.resolve("libapp.jar"), Map.of(), compile(directory.resolve("classes")));
        Path others = Files.createDirectory(directory.resolve("third_party"));
        Files.writeString(others.resolve("BUILD"), "exports_files(['backstitch-agent.jar', 'backstitch-runtime.jar'])");
        Files.copy(Jvm.AGENT, others.resolve("backstitch-agent.jar"));
        jarOf(Jvm.RUNTIME, others.resolve("backstitch-runtime.jar"));
        String said = run(
                List.of(
                        bazel.toString(), "--batch", "--output_user_root=" + directory.resolve("bazel"),
                        "build", "--spawn_strategy=local", "//:app_woven"),
                directory);
        assertTrue(said.contains("app-woven.jar: 2 classes rewritten, 8 frames, 0 refused"), said);
        mustRun(directory.resolve("bazel-bin/app-woven.jar"));
    }

    @Test
    @EnabledIfSystemProperty(named = SLOW, matches = "all")
    void should_rewrite_when_sbt_follows_the_recipe() throws Exception {
        Path sbt = tool("sbt");
        String recipe = recipe("command-line.md", "sbt, in").replace("backstitch-agent.jar", Jvm.AGENT.toString());
        Files.writeString(directory.resolve("build.sbt"), "autoScalaLibrary := false\ncrossPaths := false\n\n" + recipe);
        Path libraries = Files.createDirectory(directory.resolve("lib"));
        jarOf(Jvm.RUNTIME, libraries.resolve("runtime.jar"));
        jarOf(Jvm.ANNOTATIONS, libraries.resolve("annotations.jar"));
        Path project = Files.createDirectory(directory.resolve("project"));
        Files.writeString(project.resolve("build.properties"), "sbt.version=1.10.7");
        // Then once more, with one of two classes compiled anew.
        String said = run(
                List.of(sbt.toString(), "compile", "eval IO.append(file(\"" + source + "\"), \"// changed\")", "compile"),
                directory);
        assertTrue(said.contains("target/classes: 2 classes rewritten, 8 frames, 0 refused"), said);
        mustRun(directory.resolve("target/classes"));
    }

    private static void jarOf(Path classes, Path jar) throws IOException {
        if (Files.isDirectory(classes)) {
            Jars.write(jar, Map.of(), classes);
        } else {
            Files.copy(classes, jar);
        }
    }

    /** A program that somebody has installed. */
    private static Path tool(String name) {
        Path found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, "there is no " + name + " on the path");
        return found;
    }

    private static String run(List<String> command, Path project) throws IOException, InterruptedException {
        Path output = project.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int status = Jvm.statusOf(builder.start());
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, status, said);
        return said;
    }

    /** Debian's works on Java 17. Nothing of it is downloaded. */
    private record Gradle(Path executable) {
        static Gradle ofThePath() {
            return new Gradle(tool("gradle"));
        }

        String run(Path project, String... tasks) throws IOException, InterruptedException {
            Files.writeString(project.resolve("settings.gradle"), "");
            List<String> command = new ArrayList<>(List.of(executable.toString(), "--offline", "--no-daemon"));
            command.addAll(List.of("--gradle-user-home", project.resolve("gradle-home").toString()));
            command.addAll(Arrays.asList(tasks));
            return BuildToolsTest.run(command, project);
        }

        Path classes(Path project) {
            return project.resolve("build/classes/java/main");
        }
    }
}
