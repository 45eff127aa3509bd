package dev.backstitch.tests.asyncio;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.KeyboardInterrupt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What {@link SignalTest} starts in a JVM of its own. */
final class SignalProgram {
    private static final Duration LONG = Duration.ofDays(1);

    private SignalProgram() {}

    @Async
    private static Coroutine<Void> cleansUp() {
        System.out.println("ready");
        try {
            await(sleep(LONG));
        } finally {
            await(sleep(Duration.ofNanos(1)));
            System.out.println("finally");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> refuses(boolean blocks) {
        System.out.println("ready");
        try {
            await(sleep(LONG));
        } catch (CancelledError e) {
            System.out.println("refused");
            if (blocks) {
                block();
            }
            await(sleep(LONG));
        }
        return Coroutine.done();
    }

    private static void block() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.out.println("woken");
        }
    }

    @Async
    private static Coroutine<Void> returns() {
        System.out.println("ready");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> exits() {
        System.out.println("ready");
        System.exit(3);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> exitsElsewhere() {
        new Thread(() -> System.exit(3)).start();
        return cleansUp();
    }

    /** @param args which of them to run */
    public static void main(String[] args) {
        try {
            EventLoop.run(switch (args[0]) {
                case "cleansUp" -> cleansUp();
                case "refuses" -> refuses(false);
                case "blocks" -> refuses(true);
                case "returns" -> returns();
                case "exits" -> exits();
                case "exitsElsewhere" -> exitsElsewhere();
                default -> throw new IllegalArgumentException(args[0]);
            });
        } catch (KeyboardInterrupt interrupt) {
            System.out.println("interrupted: " + interrupt.getMessage());
        }
        System.out.println("end");
    }
}
