package dev.backstitch.testing;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs a program again and again, each time cancelling one of its tasks at another step, so that in the end each was
 * cancelled at every point of its life. Whether the program stands that, it says itself: by not failing, and not standing
 * still.
 *
 * <pre>{@code
 * Cancellations.ofTasks("worker").run(() -> scenario());   // spawns worker-1, worker-2, ...
 * }</pre>
 *
 * <p>The first failure ends it; its message shows the line that runs just that one again.
 */
public final class Cancellations {
    /** Cancels the task called {@code name} before step {@code step}; written {@code name@step}. */
    private record Point(String name, long step) {
        static Point of(String text) {
            int at = text.lastIndexOf('@');
            return new Point(text.substring(0, at), Long.parseLong(text.substring(at + 1)));
        }

        @Override
        public String toString() {
            return name + "@" + step;
        }
    }

    private final String prefix;
    private final Order order;
    private final boolean twice;

    private Cancellations(String prefix, Order order, boolean twice) {
        this.prefix = prefix;
        this.order = order;
        this.twice = twice;
    }

    /** Cancels tasks whose names begin with {@code prefix}; each of them must have a name of its own. */
    public static Cancellations ofTasks(String prefix) {
        return new Cancellations(Objects.requireNonNull(prefix, "prefix"), Order.fifo(), false);
    }

    /** The same in {@code order}; without this, first in, first out. */
    public Cancellations in(Order order) {
        return new Cancellations(prefix, Objects.requireNonNull(order, "order"), twice);
    }

    /** The same with every two cancellations too: of two tasks, or of one at two points. That is many runs. */
    public Cancellations twice() {
        return new Cancellations(prefix, order, true);
    }

    /**
     * Runs what {@code program} makes, which is called anew for each run: first without a cancellation.
     *
     * @return the number of runs
     * @throws InterleavingError if a run fails
     * @throws IllegalStateException if there is no such task
     */
    public int run(Supplier<? extends Coroutine<?>> program) {
        Set<String> names = new LinkedHashSet<>();
        var plain = new TestLoop[1];
        long steps = once(program, List.of(), plain, step -> names.addAll(namesOf(plain[0])));
        if (names.isEmpty()) {
            throw new IllegalStateException("no task has a name that begins with " + prefix);
        }
        List<Point> points = new ArrayList<>();
        for (String name : names) {
            for (long step = 0; step < steps; step++) {
                points.add(new Point(name, step));
            }
        }
        int runs = 1;
        for (Point first : points) {
            run(program, List.of(first));
            runs++;
            for (Point second : twice ? points : List.<Point>of()) {
                if (second.step > first.step || second.step == first.step && !second.equals(first)) {
                    run(program, List.of(first, second));
                    runs++;
                }
            }
        }
        return runs;
    }

    /** Runs it once, with the cancellations {@code points}, as the message of a failure shows them. */
    public void only(String points, Supplier<? extends Coroutine<?>> program) {
        List<Point> chosen = new ArrayList<>();
        for (String point : points.split(",")) {
            chosen.add(Point.of(point.strip()));
        }
        run(program, chosen);
    }

    private List<String> namesOf(TestLoop test) {
        List<String> names = new ArrayList<>();
        for (Task<?> task : test.loop().allTasks()) {
            if (task.name().startsWith(prefix)) {
                names.add(task.name());
            }
        }
        return names;
    }

    private void run(Supplier<? extends Coroutine<?>> program, List<Point> points) {
        var test = new TestLoop[1];
        once(program, points, test, step -> {
            for (Point point : points) {
                if (point.step == step) {
                    cancel(test[0], point.name);
                }
            }
        });
    }

    private static void cancel(TestLoop test, String name) {
        for (Task<?> task : test.loop().allTasks()) {
            if (task.name().equals(name)) {
                task.cancel("a test of cancellation");
            }
        }
    }

    /** Runs once; returns the number of steps. */
    private long once(
            Supplier<? extends Coroutine<?>> program,
            List<Point> points,
            TestLoop[] holder,
            java.util.function.LongConsumer beforeStep) {
        var test = new TestLoop(order, beforeStep);
        holder[0] = test;
        long steps;
        try {
            test.runUntilComplete(program.get());
            steps = test.steps();
        } catch (Throwable failure) {
            test.closeAfter(failure);
            throw error(points, failure);
        }
        try {
            test.close();
        } catch (Throwable failure) {
            throw error(points, failure);
        }
        return steps;
    }

    private InterleavingError error(List<Point> points, Throwable failure) {
        String text = String.join(",", points.stream().map(Point::toString).toList());
        String again = "Cancellations.ofTasks(\"" + prefix + "\").in(Order.of(\"" + order + "\")).only(\"" + text + "\", ...)";
        return points.isEmpty()
                ? InterleavingError.of("", order, failure)
                : InterleavingError.of("With the cancellations " + text, order, failure, again);
    }
}
