package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Classes that were rewritten at build time, taken from an archive of the JVM: AppCDS, and the AOT cache of JDK 25. */
class ClassArchiveTest {
    /** A class from an archive in the log, with that of the frames. */
    private static final Pattern SHARED =
            Pattern.compile("(app\\.EveryKind(?:\\$[\\w$-]+\\$\\$Frame)?|dev\\.backstitch\\.Gen) source: shared objects file");

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void makeTheJar() throws Exception {
        Path classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND);
        Jars.weave(directory, classes);
        jar = Jars.write(directory.resolve("app.jar"), Map.of(), classes); // archives are of jars, not of directories
    }

    /** There is no archive where the JVM verifies the JDK's own classes. */
    private Jvm jvm() {
        return new Jvm(directory).startingQuickly().classPath(jar);
    }

    private void mustRunFrom(Jvm jvm) throws Exception {
        Path log = directory.resolve("classes.log");
        String output = jvm.with("-Xlog:class+load:file=" + log).run("app.EveryKind").quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
        TreeSet<String> shared = SHARED.matcher(Files.readString(log))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                List.of(
                        "app.EveryKind",
                        "app.EveryKind$ask$$Frame",
                        "app.EveryKind$both$$Frame",
                        "app.EveryKind$fibonacci$$Frame",
                        "app.EveryKind$lambda-all-0$$Frame",
                        "app.EveryKind$sum$$Frame",
                        "app.EveryKind$ticker$$Frame",
                        "dev.backstitch.Gen"),
                List.copyOf(shared));
    }

    @Test
    void should_run_from_the_archive_when_it_was_made_at_the_exit_of_another_run() throws Exception {
        Path archive = directory.resolve("app.jsa");
        jvm().with("-XX:ArchiveClassesAtExit=" + archive).run("app.EveryKind");
        assertTrue(Files.exists(archive));
        mustRunFrom(jvm().with("-XX:SharedArchiveFile=" + archive, "-Xshare:on"));
    }

    /** The agent leaves the classes alone, so the JVM goes on to share them. Newer JVMs want the agent to be there at the dump, too. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void should_run_from_the_archive_when_there_is_an_agent_nevertheless() throws Exception {
        Path archive = directory.resolve("app.jsa");
        jvm().with("-XX:ArchiveClassesAtExit=" + archive).run("app.EveryKind");
        mustRunFrom(jvm().with("-XX:SharedArchiveFile=" + archive).weaving());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void should_run_from_the_cache_when_it_was_made_ahead_of_time() throws Exception {
        Path cache = directory.resolve("app.aot");
        jvm().with("-XX:AOTCacheOutput=" + cache).run("app.EveryKind");
        assertTrue(Files.exists(cache));
        mustRunFrom(jvm().with("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
    }
}
