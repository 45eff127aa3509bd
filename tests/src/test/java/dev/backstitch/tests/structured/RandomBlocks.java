package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;
import static dev.backstitch.tests.structured.VirtualLoop.turns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelScope;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program made by chance of scopes, groups, timeouts, shields, sleeps, failures and swallowed cancellations. Whatever it
 * does, a cancelled scope lets nobody wait, no task outlives its block, and at the end nothing of all that is left.
 */
final class RandomBlocks {
    private static final int MAX_DEPTH = 5;

    private static final class Boom extends RuntimeException {
        Boom() {
            super("boom", null, true, false);
        }
    }

    private final Random random;
    private final List<CancelScope> scopes = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    int interrupted;
    int blocks;

    RandomBlocks(Random random) {
        this.random = random;
    }

    @Async
    private Coroutine<Void> statements(int depth) {
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            switch (random.nextInt(depth >= MAX_DEPTH ? 4 : 9)) {
                case 0, 1 -> await(sleep(random.nextInt(4) * 5));
                case 2 -> cancelSome();
                case 3 -> await(failing());
                case 4, 5 -> await(swallowing(depth + 1));
                default -> await(block(depth + 1));
            }
        }
        return Coroutine.done();
    }

    private static boolean isCancelled() {
        return CancelScope.currentDeadline() == Long.MIN_VALUE;
    }

    @Async
    private Coroutine<Void> sleep(int time) {
        boolean cancelled = isCancelled();
        try {
            await(pause(time));
        } catch (CancelledError e) {
            interrupted++;
            throw e;
        }
        if (cancelled) {
            violations.add("it slept in a cancelled scope");
        }
        return Coroutine.done();
    }

    private void cancelSome() {
        if (!scopes.isEmpty()) {
            scopes.get(random.nextInt(scopes.size())).cancel();
        }
    }

    @Async
    private Coroutine<Void> failing() {
        if (random.nextInt(4) == 0) {
            throw new Boom();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> swallowing(int depth) {
        try {
            await(statements(depth));
        } catch (Throwable t) {
            await(turnsIfAllowed());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> turnsIfAllowed() {
        if (!isCancelled()) {
            await(turns(1));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> block(int depth) {
        blocks++;
        List<Task<?>> tasks = new ArrayList<>();
        try (AsyncCloseable block = open()) {
            if (block instanceof CancelScope scope) {
                scopes.add(scope);
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                if (block instanceof CancelScope scope) {
                    tasks.add(scope.spawn(statements(depth + 1)));
                } else if (block instanceof TaskGroup group) {
                    tasks.add(group.spawn(statements(depth + 1)));
                }
            }
            await(statements(depth));
        } finally {
            for (Task<?> task : tasks) {
                if (!task.isDone()) {
                    violations.add("a task outlives its block");
                }
            }
        }
        return Coroutine.done();
    }

    private AsyncCloseable open() {
        int time = random.nextInt(6) * 5;
        return switch (random.nextInt(6)) {
            case 0 -> CancelScope.open();
            case 1 -> CancelScope.moveOnAfter(millis(time));
            case 2 -> CancelScope.failAfter(millis(time));
            case 3 -> CancelScope.moveOnAfter(millis(time)).shield();
            case 4 -> timeout(millis(time));
            default -> TaskGroup.open();
        };
    }

    @Async
    Coroutine<Void> program() {
        await(swallowing(0));
        assertEquals(Timeout.NEVER, CancelScope.currentDeadline(), "it is in a scope still");
        assertEquals(0, Tasks.currentTask().cancelling(), "a cancellation was not taken back");
        assertEquals(1, Tasks.allTasks().size(), "tasks are left");
        await(pause(1000)); // nobody comes and cancels this
        return Coroutine.done();
    }
}
