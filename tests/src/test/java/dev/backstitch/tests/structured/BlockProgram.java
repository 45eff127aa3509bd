package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.spawnEager;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.structured.BlockText.list;
import static dev.backstitch.tests.structured.BlockText.number;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.AsCompleted;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.Interleaving;
import dev.backstitch.loop.LoopError;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.ReturnWhen;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Waited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a program of {@code record_blocks.py}; the twin of its {@code Run}. */
final class BlockProgram {
    private static final int WAITS = 60;

    static final class Boom extends RuntimeException {
        Boom() {
            super(null, null, false, false);
        }
    }

    /** First in, first out; counts the turns of the loop. */
    private static final class Turns implements Interleaving {
        private int begun;
        private boolean ended = true;

        @Override
        public int next(Ready ready) {
            if (ended) {
                begun++;
            }
            ended = ready.left() == 1;
            return 0;
        }
    }

    final Map<String, Task<?>> tasks = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<Object> kept = new ArrayList<>();
    private final Turns turns = new Turns();
    private BlockObjects objects;
    private boolean over;

    private BlockProgram() {}

    /** What {@code program} does, event by event. */
    static String run(String program) {
        return new BlockProgram().runOnLoop(BlockText.parse(program));
    }

    private String runOnLoop(List<Object> program) {
        try (var loop = new EventLoop(VirtualLoop.create(), turns)) {
            loop.setExceptionHandler(this::failed);
            objects = new BlockObjects(this, loop);
            loop.runUntilComplete(main(program));
            over = true; // what nobody received is reported when a loop is closed; CPython's are when they are collected
        }
        return String.join(" ", events);
    }

    private void failed(LoopError error) {
        if (!over) {
            events.add("handler:" + shape(error.exception()));
        }
    }

    void note(Object site, String label, Object what) {
        events.add(site + "@" + (int) VirtualLoop.time() + "." + turns.begun + label + ":" + what);
    }

    static String shape(Object result) {
        if (result == null) {
            return "-";
        }
        if (result instanceof ExceptionGroup group) {
            return group.exceptions().stream().map(BlockProgram::shape).collect(Collectors.joining(",", "[", "]"));
        }
        return result instanceof IllegalStateException ? "RuntimeError" : result.getClass().getSimpleName();
    }

    private static Duration limit(Object node) {
        return number(node) < 0 ? null : millis(number(node));
    }

    <T> T keep(T made) {
        kept.add(made);
        return made;
    }

    @Async
    private Coroutine<Void> main(List<Object> body) {
        List<Object> root = new ArrayList<>(List.of("m"));
        root.addAll(body);
        keep(spawn(task(root, null)));
        await(rest());
        for (Map.Entry<String, Task<?>> entry : List.copyOf(tasks.entrySet())) {
            Task<?> task = entry.getValue();
            if (!task.isDone()) {
                note(0, entry.getKey(), "left_" + task.cancelling() + "_" + task.cancel());
            }
        }
        await(rest());
        await(EventLoop.current().shutdownAsyncGens());
        note(0, "", "over");
        return Coroutine.done();
    }

    /** Waits for the other tasks; not for ever, if they wait for what does not come. */
    @Async
    private static Coroutine<Void> rest() {
        for (int i = 0; i < WAITS; i++) {
            if (Tasks.allTasks().size() == 1) {
                return Coroutine.done();
            }
            await(pause(1));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> task(List<Object> child, TaskGroup group) {
        String label = (String) child.get(0);
        tasks.put(label, Tasks.currentTask());
        try {
            await(body(label, child.subList(1, child.size()), group));
        } catch (Throwable t) {
            note(0, label, shape(t));
            throw t;
        }
        note(0, label, "end");
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> body(String label, List<Object> statements, TaskGroup group) {
        for (Object statement : statements) {
            await(statement(label, list(statement), group));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> statement(String label, List<Object> s, TaskGroup group) {
        Object site = s.get(1);
        switch ((String) s.get(0)) {
            case "sleep" -> {
                await(pause(number(s.get(2))));
                note(site, label, "slept");
            }
            case "cancel" -> {
                Task<?> task = tasks.get(s.get(2));
                note(site, label, task == null ? "none" : task.cancel() + "" + task.cancelling());
            }
            case "uncancel" -> note(site, label, "left" + Tasks.currentTask().uncancel());
            case "raise" -> throw new Boom();
            case "try" -> {
                try {
                    await(body(label, list(s.get(2)), group));
                } catch (Throwable t) {
                    note(site, label, shape(t));
                }
            }
            case "finally" -> {
                try {
                    await(body(label, list(s.get(2)), group));
                } finally {
                    await(body(label, list(s.get(3)), group));
                }
            }
            case "timeout" -> {
                try (var limit = timeout(limit(s.get(2)))) {
                    await(body(label, list(s.get(3)), group));
                }
                note(site, label, "in_time");
            }
            case "wait_for" -> {
                await(waitFor(body(label, list(s.get(3)), group), limit(s.get(2))));
                note(site, label, "in_time");
            }
            case "join" -> {
                Task<?> task = tasks.get(s.get(2));
                note(site, label, task == null ? "none" : await(task) == null ? "joined" : "");
            }
            case "state" -> {
                Task<?> task = tasks.get(s.get(2));
                note(site, label, task == null ? "none" : stateOf(task));
            }
            case "spawn", "start", "eager", "group", "gather", "shield", "wait", "completed" ->
                    await(children(label, s, group));
            default -> await(objects.statement(label, s, group));
        }
        return Coroutine.done();
    }

    private static String stateOf(Task<?> task) {
        return !task.isDone() ? "running" : task.isCancelled() ? "cancelled" : task.exception() != null ? "failed" : "done";
    }

    /** The statements that start tasks. */
    @Async
    private Coroutine<Void> children(String label, List<Object> s, TaskGroup group) {
        Object site = s.get(1);
        switch ((String) s.get(0)) {
            case "spawn" -> {
                try {
                    if (group != null) {
                        group.spawn(task(list(s.get(2)), group));
                    }
                } catch (IllegalStateException e) {
                    note(site, label, "refused");
                }
            }
            case "start" -> {
                keep(spawn(task(list(s.get(2)), null)));
                note(site, label, "started");
            }
            case "eager" -> {
                keep(spawnEager(task(list(s.get(2)), null)));
                note(site, label, "started");
            }
            case "group" -> {
                try (var inner = TaskGroup.open()) {
                    for (Object child : list(s.get(2))) {
                        inner.spawn(task(list(child), inner));
                    }
                    await(body(label, list(s.get(3)), inner));
                }
                note(site, label, "group");
            }
            case "gather" -> {
                List<Coroutine<Void>> children = new ArrayList<>();
                for (Object child : list(s.get(3))) {
                    children.add(task(list(child), null));
                }
                LoopFuture<? extends List<?>> all = number(s.get(2)) == 1 ? gatherSettled(children) : gather(children);
                List<?> results = await(all);
                note(site, label, results.stream().map(BlockProgram::shape).collect(Collectors.joining(",")));
            }
            case "shield" -> {
                await(shield(task(list(s.get(2)), null)));
                note(site, label, "shielded");
            }
            case "wait" -> {
                List<Task<Void>> waitedFor = started(list(s.get(4)));
                Waited<Task<Void>> waited =
                        await(Tasks.wait(waitedFor, limit(s.get(2)), ReturnWhen.valueOf((String) s.get(3))));
                note(site, label, waited.done().size() + "+" + waited.pending().size());
            }
            default -> {
                AsCompleted<Void> completed = limit(s.get(2)) == null
                        ? Tasks.asCompleted(started(list(s.get(3))))
                        : Tasks.asCompleted(started(list(s.get(3))), limit(s.get(2)));
                for (Coroutine<Void> next : completed) {
                    await(keep(next));
                    note(site, label, "completed");
                }
            }
        }
        return Coroutine.done();
    }

    private List<Task<Void>> started(List<Object> children) {
        List<Task<Void>> started = new ArrayList<>();
        for (Object child : children) {
            started.add(keep(spawn(task(list(child), null))));
        }
        return started;
    }
}
