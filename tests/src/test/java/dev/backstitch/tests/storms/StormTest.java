package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Storm;
import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.tests.harness.Loaders;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the rewriter does to plain classes in a storm. */
class StormTest {
    private static final Map<String, byte[]> CLASSES = Loaders.classFilesOf(Subject.class);

    @Test
    void should_give_the_same_when_all_methods_are_driven_as_frames() throws Exception {
        String plain = run(StormLoader.asTheyAre(CLASSES, getClass().getClassLoader()));
        long methods = Storm.methods();
        long suspensions = Storm.suspensions();
        assertEquals(plain, run(StormLoader.rewritten(CLASSES, getClass().getClassLoader())));
        assertTrue(Storm.methods() - methods > 600, "methods run: " + (Storm.methods() - methods));
        assertTrue(Storm.suspensions() - suspensions > 700, "suspensions: " + (Storm.suspensions() - suspensions));
    }

    @Test
    void should_rewrite_every_method_when_there_is_nothing_to_refuse() {
        StormLoader.rewritten(CLASSES, getClass().getClassLoader()).results().forEach((name, result) -> {
            assertTrue(result.result().outcome() != WeaveResult.Outcome.REFUSED, result.result().diagnostics()::toString);
            assertEquals(0, result.refusals().size());
            assertEquals(result.methods(), result.result().frames().size(), name);
        });
    }

    @Test
    void should_leave_calls_alone_when_a_monitor_is_held() {
        StormResult result = StormLoader.rewritten(CLASSES, getClass().getClassLoader())
                .results()
                .get(Subject.class.getName().replace('.', '/'));
        assertTrue(result.underMonitors() > 0);
    }

    private static String run(ClassLoader loader) throws Exception {
        Class<?> subject = Class.forName(Subject.class.getName(), true, loader);
        return (String) ((Callable<?>) subject.getDeclaredConstructor().newInstance()).call();
    }
}
