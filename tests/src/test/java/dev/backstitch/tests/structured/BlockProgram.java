package dev.backstitch.tests.structured;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.gather;
import static dev.backstitch.loop.Tasks.gatherSettled;
import static dev.backstitch.loop.Tasks.shield;
import static dev.backstitch.loop.Tasks.spawn;
import static dev.backstitch.loop.Tasks.timeout;
import static dev.backstitch.loop.Tasks.waitFor;
import static dev.backstitch.tests.structured.VirtualLoop.millis;
import static dev.backstitch.tests.structured.VirtualLoop.pause;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.CancelledError;
import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.LoopFuture;
import dev.backstitch.loop.ReturnWhen;
import dev.backstitch.loop.Task;
import dev.backstitch.loop.TaskGroup;
import dev.backstitch.loop.Tasks;
import dev.backstitch.loop.Waited;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a program of {@code record_blocks.py}; the twin of its {@code Run}. */
final class BlockProgram {
    static final class Boom extends RuntimeException {
        Boom() {
            super(null, null, false, false);
        }
    }

    private final List<String> events = new ArrayList<>();
    private final Map<String, Task<?>> tasks = new HashMap<>();

    // ---------------------------------------------------------------- reading

    /** A list of lists and of words. */
    static List<Object> parse(String text) {
        Deque<List<Object>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
        for (String token : text.replace("(", " ( ").replace(")", " ) ").trim().split("\\s+")) {
            if (token.equals("(")) {
                List<Object> inner = new ArrayList<>();
                open.element().add(inner);
                open.push(inner);
            } else if (token.equals(")")) {
                open.pop();
            } else {
                open.element().add(token);
            }
        }
        return list(open.element().get(0));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object node) {
        return (List<Object>) node;
    }

    private static int number(Object node) {
        return Integer.parseInt((String) node);
    }

    private static Duration limit(Object node) {
        return number(node) < 0 ? null : millis(number(node));
    }

    // ---------------------------------------------------------------- running

    /** What {@code program} does, event by event. */
    static String run(String program) {
        var run = new BlockProgram();
        try {
            VirtualLoop.create().runReporting(() -> run.main(parse(program)));
        } catch (CancelledError e) {
            run.events.add(shape(e));
        }
        return String.join(" ", run.events).replace("in time", "in_time");
    }

    private void note(Object site, String label, Object what) {
        events.add(site + "@" + (int) VirtualLoop.time() + label + ":" + what);
    }

    private static String shape(Object result) {
        if (result == null) {
            return "-";
        }
        if (result instanceof ExceptionGroup group) {
            return group.exceptions().stream().map(BlockProgram::shape).collect(Collectors.joining(",", "[", "]"));
        }
        return result.getClass().getSimpleName();
    }

    @Async
    private Coroutine<Void> main(List<Object> body) {
        List<Object> root = new ArrayList<>(List.of("m"));
        root.addAll(body);
        try {
            await(task(root, null));
        } catch (Throwable t) {
            // It has been noted.
        }
        Tasks.currentTask().uncancel();
        while (Tasks.allTasks().size() > 1) {
            try {
                await(pause(1));
            } catch (CancelledError e) {
                continue;
            }
        }
        note(0, "m", "over");
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
    private Coroutine<Void> body(String label, List<Object> statements, TaskGroup group) {
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
            case "spawn" -> {
                try {
                    if (group != null) {
                        group.spawn(task(list(s.get(2)), group));
                    }
                } catch (IllegalStateException e) {
                    note(site, label, "refused");
                }
            }
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
            case "group" -> {
                try (var inner = TaskGroup.open()) {
                    for (Object child : list(s.get(2))) {
                        inner.spawn(task(list(child), inner));
                    }
                    await(body(label, list(s.get(3)), inner));
                }
                note(site, label, "group");
            }
            case "timeout" -> {
                try (var limit = timeout(limit(s.get(2)))) {
                    await(body(label, list(s.get(3)), group));
                }
                note(site, label, "in time");
            }
            case "wait_for" -> {
                await(waitFor(body(label, list(s.get(3)), group), limit(s.get(2))));
                note(site, label, "in time");
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
                List<Task<Void>> waitedFor = new ArrayList<>();
                for (Object child : list(s.get(4))) {
                    waitedFor.add(spawn(task(list(child), null)));
                }
                Waited<Task<Void>> waited =
                        await(Tasks.wait(waitedFor, limit(s.get(2)), ReturnWhen.valueOf((String) s.get(3))));
                note(site, label, waited.done().size() + "+" + waited.pending().size());
            }
            default -> throw new AssertionError(s);
        }
        return Coroutine.done();
    }
}
