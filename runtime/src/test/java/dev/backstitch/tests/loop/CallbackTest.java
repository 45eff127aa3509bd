package dev.backstitch.tests.loop;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.callback;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CallbackTest {

    /** An API of another world, which calls back on a thread of its own. */
    private static void api(int key, Consumer<String> ok, Consumer<Throwable> failed) {
        new Thread(() -> {
            if (key < 0) {
                failed.accept(new IOException("no " + key));
            } else {
                ok.accept("value " + key);
                ok.accept("again"); // which is ignored
            }
        }).start();
    }

    private static void node(int key, BiConsumer<String, Throwable> done) {
        api(key, value -> done.accept(value, null), failure -> done.accept(null, failure));
    }

    @Async
    private static Coroutine<String> get(int key) {
        String one = await(callback(cb -> api(key, cb::complete, cb::fail)));
        String two = await(callback(cb -> node(key, cb::done)));
        return Coroutine.of(one + ", " + two);
    }

    @Test
    void should_give_the_value_when_the_api_calls_back() {
        assertEquals("value 3, value 3", EventLoop.run(get(3)));
    }

    @Test
    void should_throw_the_failure_when_the_api_calls_that_back() {
        var failure = assertThrows(IOException.class, () -> EventLoop.run(get(-1)));
        assertEquals("no -1", failure.getMessage());
    }

    @Async
    private static Coroutine<Void> refused() {
        return callback(cb -> {
            throw new IOException("not even started");
        });
    }

    @Test
    void should_throw_where_it_is_awaited_when_the_call_itself_fails() {
        assertThrows(IOException.class, () -> EventLoop.run(refused()));
    }

    @Async
    private static Coroutine<List<String>> cancelled() {
        List<String> events = new ArrayList<>();
        Coroutine<String> cold = callback(cb -> {
            events.add("started");
            cb.onCancel(() -> events.add("called back"));
        });
        events.add("made");
        Task<String> task = spawn(cold);
        await(sleep(Duration.ZERO));
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            events.add("cancelled");
        }
        return Coroutine.of(events);
    }

    @Test
    void should_tell_the_api_when_the_wait_is_cancelled() {
        assertEquals(List.of("made", "started", "called back", "cancelled"), EventLoop.run(cancelled()));
    }
}
