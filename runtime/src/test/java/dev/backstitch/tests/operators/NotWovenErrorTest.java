package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.NotWovenError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which remedy is named: the one that fits what has started the JVM, as that tells by its system properties. */
class NotWovenErrorTest {
    private static final String[] PROPERTIES = {
        "surefire.test.class.path", "surefire.real.class.path", "org.gradle.test.worker", "dev.backstitch.agent"
    };

    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void clear() {
        for (String property : PROPERTIES) {
            before.put(property, System.clearProperty(property));
        }
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    private static void mustSay(String remedy) {
        AsyncCloseable resource = failure -> Coroutine.of(false);
        AutoCloseable unknown = resource; // of this type, the rewriter leaves it alone
        String message = assertThrows(NotWovenError.class, unknown::close).getMessage();
        assertTrue(message.contains(remedy), message);
    }

    @Test
    void should_name_the_goals_of_the_plugin_when_maven_runs_the_tests() {
        System.setProperty("surefire.test.class.path", "target/classes");
        mustSay("In this Maven build, run the goals weave and weave-tests of backstitch-maven-plugin");
    }

    @Test
    void should_name_the_processor_path_when_gradle_runs_the_tests() {
        System.setProperty("org.gradle.test.worker", "1");
        mustSay("In this Gradle build, add backstitch-javac to annotationProcessor");
    }

    @Test
    void should_name_every_way_in_when_nobody_knows_the_build() {
        mustSay("Either start the JVM with -javaagent:backstitch-agent.jar");
        mustSay("compile with -processorpath backstitch-javac.jar, use backstitch-maven-plugin, or run");
    }

    @Test
    void should_point_at_the_earlier_message_when_the_agent_runs() {
        System.setProperty("dev.backstitch.agent", "1");
        mustSay("The agent is running and has left it as it was");
    }
}
