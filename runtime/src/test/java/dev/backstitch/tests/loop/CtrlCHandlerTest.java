package dev.backstitch.tests.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.loop.Runner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose Ctrl-C is while a runner runs. What one does is tested with processes of their own. */
class CtrlCHandlerTest {
    /** What handles SIGINT now; left as it was. */
    private static String handler() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        Object sigint = signal.getConstructor(String.class).newInstance("INT");
        var handle = signal.getMethod("handle", signal, type);
        Object now = handle.invoke(null, sigint, type.getField("SIG_DFL").get(null));
        handle.invoke(null, sigint, now);
        return now.toString();
    }

    private static List<String> handlers(boolean handles) throws InterruptedException {
        List<String> handlers = new ArrayList<>();
        var main = new Thread(
                () -> {
                    try (var runner = new Runner().handleCtrlC(handles)) {
                        handlers.add(handler());
                        handlers.add(runner.run(Body.returning(CtrlCHandlerTest::handler)));
                        handlers.add(handler());
                        assertThrows(IllegalStateException.class, () -> runner.handleCtrlC(true));
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(e);
                    }
                },
                "main"); // the only thread on which a runner handles it
        main.start();
        main.join();
        return handlers;
    }

    @Test
    void should_handle_ctrl_c_during_a_run_and_no_longer() throws Exception {
        List<String> handlers = handlers(true);
        assertEquals(3, handlers.size());
        // A shell starts what it runs in the background with SIGINT ignored, and that is left alone.
        assertEquals(handlers.get(0).equals("SIG_IGN") ? "SIG_IGN" : "Ctrl-C cancels", handlers.get(1));
        assertEquals(handlers.get(0), handlers.get(2));
    }

    @Test
    void should_leave_ctrl_c_alone_when_told_to() throws Exception {
        List<String> handlers = handlers(false);
        assertEquals(3, handlers.size());
        assertEquals(1, handlers.stream().distinct().count(), handlers.toString());
    }
}
