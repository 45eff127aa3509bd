package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.Coroutine.awaitEach;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.tests.structured.BlockText.list;
import static dev.backstitch.tests.structured.BlockText.number;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.loop.ContextVar;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Handle;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.sync.Barrier;
import dev.backstitch.sync.BoundedSemaphore;
import dev.backstitch.sync.Condition;
import dev.backstitch.sync.Event;
import dev.backstitch.sync.Hold;
import dev.backstitch.sync.Lock;
import dev.backstitch.sync.PriorityQueue;
import dev.backstitch.sync.Queue;
import dev.backstitch.sync.QueueEmpty;
import dev.backstitch.sync.QueueFull;
import dev.backstitch.sync.QueueShutDown;
import dev.backstitch.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;

/** What all tasks of a {@link BlockProgram} share, and the statements that use it. */
final class BlockObjects {
    private final BlockProgram program;
    private final EventLoop loop;
    private final List<Lock> locks = List.of(new Lock(), new Lock());
    private final List<Event> signals = List.of(new Event(), new Event(), new Event());
    private final Condition condition = new Condition();
    private final List<Semaphore> permits = List.of(new Semaphore(1), new BoundedSemaphore(2));
    private final List<Queue<Integer>> queues = List.of(new Queue<>(1), new Queue<>(), new PriorityQueue<>(2));
    private final Barrier barrier = new Barrier(2);
    private final List<LoopFuture<Object>> futures;
    private final List<ContextVar<Integer>> variables = List.of(new ContextVar<>("a", -1), new ContextVar<>("b", -1));
    private final List<Handle> handles = new ArrayList<>();

    BlockObjects(BlockProgram program, EventLoop loop) {
        this.program = program;
        this.loop = loop;
        futures = List.of(new LoopFuture<>(loop), new LoopFuture<>(loop), new LoopFuture<>(loop));
    }

    @Async
    Coroutine<Void> statement(String label, List<Object> s, TaskGroup group) {
        Object site = s.get(1);
        int which = s.size() > 2 && s.get(2) instanceof String word && word.matches("-?\\d+") ? number(word) : 0;
        switch ((String) s.get(0)) {
            case "locked" -> {
                try (var held = await(locks.get(which).hold())) {
                    program.note(site, label, "locked");
                    await(program.body(label, list(s.get(3)), group));
                }
                program.note(site, label, "unlocked");
            }
            case "permit" -> {
                Hold held = await(permits.get(which).hold());
                try { // not with resources: Java would only add what a permit given back too often raises
                    program.note(site, label, "permitted");
                    await(program.body(label, list(s.get(3)), group));
                } finally {
                    held.close();
                }
                program.note(site, label, "returned");
            }
            case "permit_back" -> {
                try {
                    permits.get(which).release();
                    program.note(site, label, "released");
                } catch (IllegalStateException e) {
                    program.note(site, label, "refused");
                }
            }
            case "event_wait" -> {
                await(signals.get(which).waitUntilSet());
                program.note(site, label, "signalled");
            }
            case "event_set" -> {
                signals.get(which).set();
                program.note(site, label, "set");
            }
            case "event_clear" -> {
                signals.get(which).clear();
                program.note(site, label, "cleared");
            }
            case "condition" -> {
                try (var held = await(condition.hold())) {
                    program.note(site, label, "waits");
                    await(condition.waitForSignal());
                    program.note(site, label, "notified");
                }
            }
            case "notify", "notify_all" -> {
                try (var held = await(condition.hold())) {
                    if (s.size() > 2) {
                        condition.signal(which);
                    } else {
                        condition.signalAll();
                    }
                    program.note(site, label, "notifies");
                }
            }
            case "barrier" -> program.note(site, label, "passed" + await(barrier.waitForAll()));
            case "future_wait" -> program.note(site, label, "got" + await(futures.get(which)));
            case "shield_future" -> program.note(site, label, "shielded" + await(shield(futures.get(which))));
            case "future_set", "future_fail" -> complete(label, site, futures.get(which), s.get(0).equals("future_set"));
            case "future_cancel" -> program.note(site, label, futures.get(which).cancel());
            case "set", "get_var", "bind" -> await(variable(label, s, group));
            case "soon" -> {
                handles.add(loop.callSoon(() -> callback(label, site, (String) s.get(2), s.get(3))));
                program.note(site, label, "scheduled");
            }
            case "later" -> {
                handles.add(loop.callLater(millis(which), () -> callback(label, site, (String) s.get(3), s.get(4))));
                program.note(site, label, "scheduled");
            }
            case "cancel_handle" -> {
                if (!handles.isEmpty()) {
                    handles.get(handles.size() - 1).cancel();
                }
                program.note(site, label, "handles" + handles.size());
            }
            case "agen" -> await(iterate(label, s));
            default -> await(queue(label, s, queues.get(which)));
        }
        return Coroutine.done();
    }

    private void complete(String label, Object site, LoopFuture<Object> future, boolean succeeds) {
        try {
            if (succeeds) {
                future.complete(site);
            } else {
                future.fail(new BlockProgram.Boom());
            }
            program.note(site, label, "completed");
        } catch (IllegalStateException e) {
            program.note(site, label, "refused");
        }
    }

    @Async
    private Coroutine<Void> variable(String label, List<Object> s, TaskGroup group) {
        ContextVar<Integer> variable = variables.get(number(s.get(2)));
        if (s.get(0).equals("set")) {
            variable.set(number(s.get(3)));
        } else if (s.get(0).equals("bind")) {
            var token = variable.set(number(s.get(3)));
            try {
                await(program.body(label, list(s.get(4)), group));
            } finally {
                variable.reset(token);
            }
        }
        program.note(s.get(1), label, "var" + variable.get());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> queue(String label, List<Object> s, Queue<Integer> queue) {
        Object site = s.get(1);
        try {
            switch ((String) s.get(0)) {
                case "put" -> {
                    await(queue.put(number(s.get(3))));
                    program.note(site, label, "put" + queue.size());
                }
                case "get" -> program.note(site, label, "got" + await(queue.get()));
                case "put_now" -> {
                    queue.putNow(number(s.get(3)));
                    program.note(site, label, "put" + queue.size());
                }
                case "get_now" -> program.note(site, label, "got" + queue.getNow());
                case "task_done" -> {
                    queue.taskDone();
                    program.note(site, label, "task_done");
                }
                case "queue_join" -> {
                    await(queue.join());
                    program.note(site, label, "all_done");
                }
                case "shutdown" -> {
                    if (number(s.get(3)) == 1) {
                        queue.shutdownNow();
                    } else {
                        queue.shutdown();
                    }
                    program.note(site, label, "shut_down");
                }
                default -> throw new AssertionError(s);
            }
        } catch (QueueEmpty | QueueFull | QueueShutDown e) {
            program.note(site, label, BlockProgram.shape(e));
        } catch (IllegalStateException e) {
            program.note(site, label, "refused");
        }
        return Coroutine.done();
    }

    private void callback(String label, Object site, String kind, Object what) {
        program.note(site, label, "callback" + variables.get(0).get());
        switch (kind) {
            case "event" -> signals.get(number(what)).set();
            case "future" -> {
                if (!futures.get(number(what)).isDone()) {
                    futures.get(number(what)).complete(site);
                }
            }
            case "cancel" -> {
                Task<?> task = program.tasks.get(what);
                if (task != null) {
                    program.note(site, label, task.cancel());
                }
            }
            case "var" -> variables.get(number(what)).set(number(site));
            case "boom" -> throw new BlockProgram.Boom();
            default -> { }
        }
    }

    @Async
    @Generator
    private AsyncGen<Integer> generate(String label, Object site, int count, int time, int cleanup) {
        try {
            for (int i = 0; i < count; i++) {
                await(pause(time));
                Gen.yield(i);
            }
        } catch (Throwable t) {
            program.note(site, label, "in_generator_" + BlockProgram.shape(t));
            throw t;
        } finally {
            if (cleanup >= 0) {
                await(pause(cleanup));
            }
            program.note(site, label, "generator_ends");
        }
        return AsyncGen.end();
    }

    @Async
    private Coroutine<Void> iterate(String label, List<Object> s) {
        Object site = s.get(1);
        AsyncGen<Integer> generator =
                program.keep(generate(label, site, number(s.get(2)), number(s.get(3)), number(s.get(6))));
        try {
            for (int i : awaitEach(generator)) {
                program.note(site, label, "item" + i);
                if (i == number(s.get(4))) {
                    break;
                }
            }
        } finally {
            if (number(s.get(5)) == 1) {
                await(generator.close());
                program.note(site, label, "closed");
            }
        }
        return Coroutine.done();
    }
}
