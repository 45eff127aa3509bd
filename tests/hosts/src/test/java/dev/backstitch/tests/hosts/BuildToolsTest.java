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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the guides for build tools, word for word but for the place of our jars, which nobody publishes yet. */
class BuildToolsTest {
    private static final Path GUIDES = Path.of("../../docs/guide");

    @TempDir
    private Path directory;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        source = directory.resolve("src/main/java/app/EveryKind.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, Application.EVERY_KIND);
    }

    /** The first block of a guide behind {@code words}. */
    private static String recipe(String guide, String words) throws IOException {
        Matcher block = Pattern.compile(Pattern.quote(words) + ".*?```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDES.resolve(guide)));
        assertTrue(block.find(), words);
        return block.group(1);
    }

    private void mustRun(Path classes) throws Exception {
        assertEquals(
                Application.EVERY_KIND_OUTPUT,
                new Jvm(directory).classPath(classes).run("app.EveryKind").quietOutput());
    }

    @Test
    void should_rewrite_when_ant_follows_the_recipe() throws Exception {
        String recipe = recipe("command-line.md", "Ant, after").replace("backstitch-agent.jar", Jvm.AGENT.toString());
        Files.writeString(directory.resolve("build.xml"), """
                <project default="compile">
                  <target name="compile">
                    <mkdir dir="classes"/>
                    <javac srcdir="src/main/java" destdir="classes" includeantruntime="false" classpath="%s"/>
                    %s
                  </target>
                </project>
                """.formatted(Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)), recipe));
        String said = new Jvm(directory)
                .startingQuickly()
                .with("-cp", Jvm.path(Jars.ofClassPath("ant-")))
                .run("org.apache.tools.ant.launch.Launcher", "-f", "build.xml")
                .mustSucceed();
        assertTrue(said.contains("classes: 1 classes rewritten, 6 frames, 0 refused"), said);
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

    /** A Gradle that somebody has installed; Debian's works on Java 17. Nothing of it is downloaded. */
    private record Gradle(Path executable) {
        static Gradle ofThePath() {
            Path found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, "gradle"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
            assumeTrue(found != null, "there is no Gradle on the path");
            return new Gradle(found);
        }

        String run(Path project, String... tasks) throws IOException, InterruptedException {
            Files.writeString(project.resolve("settings.gradle"), "");
            List<String> command = new ArrayList<>(List.of(executable.toString(), "--offline", "--no-daemon"));
            command.addAll(List.of("--gradle-user-home", project.resolve("gradle-home").toString()));
            command.addAll(Arrays.asList(tasks));
            Path output = project.resolve("gradle.txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            int status = Jvm.statusOf(builder.start());
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertEquals(0, status, said);
            return said;
        }

        Path classes(Path project) {
            return project.resolve("build/classes/java/main");
        }
    }
}
