package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    @TempDir
    private Path directory;

    @Test
    void should_say_what_the_agent_has_cost_when_it_is_asked_to() throws Exception {
        Path classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND);
        Jvm.Result result = new Jvm(directory).weaving("statistics").classPath(classes).run("app.EveryKind");
        assertEquals(Application.EVERY_KIND_OUTPUT, result.mustSucceed());
        assertTrue(
                result.err()
                        .strip()
                        .matches("\\[backstitch] started in \\d+\\.\\d ms; left \\d+ classes alone in \\d+\\.\\d ms, "
                                + "\\d+\\.\\d\\d microseconds each; examined \\d+ in \\d+\\.\\d ms; rewrote 1 in \\d+\\.\\d ms"),
                result.err());
    }
}
