package dev.backstitch.tests.schedulers;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.TimeoutError;
import dev.backstitch.sync.Queue;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Coroutines on an event loop of Netty. */
class NettyLoopTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final io.netty.channel.EventLoop thread = group.next();
    private final EventLoop loop = new EventLoop(Scheduler.of(thread, thread::inEventLoop));

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Async
    private Coroutine<String> everything() {
        List<Boolean> home = new ArrayList<>();
        home.add(thread.inEventLoop());
        await(sleep(Duration.ofNanos(1)));
        home.add(thread.inEventLoop());
        await(CompletableFuture.runAsync(() -> {}));
        home.add(thread.inEventLoop());
        List<Integer> both = await(gather(one(), one()));
        home.add(thread.inEventLoop());
        try {
            await(timeout(Duration.ofNanos(1), () -> forever()));
        } catch (TimeoutError e) {
            home.add(thread.inEventLoop());
        }
        var queue = new Queue<Integer>(1);
        int sum = await(TaskGroup.run(tasks -> {
            tasks.spawn(produce(queue));
            return consume(queue);
        }));
        home.add(thread.inEventLoop());
        return Coroutine.of(home.stream().distinct().toList() + " " + both + " " + sum);
    }

    @Async
    private Coroutine<Integer> one() {
        await(sleep(Duration.ofNanos(1)));
        return Coroutine.of(thread.inEventLoop() ? 1 : 0);
    }

    @Async
    private static Coroutine<Void> forever() {
        await(sleep(Duration.ofDays(1)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> produce(Queue<Integer> queue) {
        for (int i = 1; i <= 100; i++) {
            await(queue.put(i));
        }
        await(queue.put(0));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> consume(Queue<Integer> queue) {
        int sum = 0;
        for (int i = await(queue.get()); i > 0; i = await(queue.get())) {
            sum += i;
        }
        return Coroutine.of(sum);
    }

    @Test
    void should_stay_on_nettys_thread_when_it_has_awaited_anything() {
        assertEquals("[true] [1, 1] 5050", loop.submit(everything()).join());
        loop.shutdown().join();
    }

    @Async
    private CompletableFuture<Boolean> handler(CompletableFuture<String> elsewhere) {
        await(elsewhere);
        return CompletableFuture.completedFuture(thread.inEventLoop());
    }

    @Test
    void should_come_back_to_netty_when_a_handler_has_started_it() {
        var elsewhere = new CompletableFuture<String>();
        var started = new CompletableFuture<CompletableFuture<Boolean>>();
        loop.submit(Coroutine.of(0)).join(); // Netty's thread has seen the loop
        thread.execute(() -> {
            assertSame(loop, EventLoop.current());
            started.complete(handler(elsewhere));
        });
        CompletableFuture<Boolean> result = started.join();
        elsewhere.complete("from this thread");
        assertTrue(result.join());
        loop.shutdown().join();
    }

    @Test
    void should_refuse_when_a_handler_would_block_netty() {
        CompletableFuture<Void> never = loop.submit(forever());
        var blocked = new CompletableFuture<Void>();
        thread.execute(() -> {
            try {
                never.join();
                blocked.complete(null);
            } catch (Throwable t) {
                blocked.completeExceptionally(t);
            }
        });
        var refusal = assertThrows(CompletionException.class, blocked::join);
        assertTrue(refusal.getCause() instanceof IllegalStateException, refusal::toString);
        loop.shutdown().join();
        assertTrue(never.isCancelled());
    }

    @Test
    void should_say_so_when_netty_is_shut_down() {
        thread.submit(() -> {}).syncUninterruptibly();
        group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
        assertThrows(RejectedExecutionException.class, () -> loop.submit(forever()));
    }
}
