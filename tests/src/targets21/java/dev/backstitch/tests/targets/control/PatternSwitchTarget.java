package dev.backstitch.tests.targets.control;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.Probe.Failure;
import java.util.List;

/** Pattern switches and record patterns. */
@Language(21)
public class PatternSwitchTarget {
    sealed interface Shape permits Circle, Square, Group {}

    record Circle(double radius) implements Shape {}

    record Square(long side) implements Shape {}

    record Group(Shape first, Shape second) implements Shape {}

    record Exploding(int n) {
        @Override
        public int n() {
            throw new Failure("accessor");
        }
    }

    @HardCase({47, 19})
    @Async
    static Coroutine<Object> typesWithGuards() {
        StringBuilder s = new StringBuilder();
        for (Object o : new Object[] {"long text", "txt", 5, 50, 'c', List.of(1)}) {
            s.append(switch (await(later(o))) {
                case String t when t.length() > (int) await(later(4)) -> "long " + await(later(t));
                case String t -> "short " + t;
                case Integer n when n > num(10) && await(later(true)) -> n * 2;
                case Integer n -> {
                    try {
                        yield n + (int) await(later(1));
                    } finally {
                        log(await(later("finally")));
                    }
                }
                case Character c -> c;
                default -> await(later("other"));
            }).append(';');
        }
        return Coroutine.of(s);
    }

    @HardCase({47, 20})
    @Generator
    static Gen<Object> nullCases() {
        for (String s : new String[] {"a", null, "b"}) {
            switch (s) {
                case null -> Gen.yield("null");
                case "a" -> Gen.yield("a");
                case String t when Gen.yield("guard of " + t) != null -> Gen.yield("sent");
                default -> Gen.yield("default");
            }
        }
        return Gen.end();
    }

    @HardCase({47, 57})
    @Generator
    static Gen<Object> recordPatterns() {
        Shape shape = new Group(new Circle(1.5), new Group(new Square(2), new Square(3)));
        Object sum = Gen.yieldFrom(walk(shape));
        return Gen.end(sum);
    }

    @Generator
    private static Gen<Object> walk(Shape shape) {
        double area = switch (shape) {
            case Circle(double r) -> {
                Gen.yield("circle " + r);
                yield r * r * (Gen.yield("pi") == null ? 3 : 4);
            }
            case Square(var side) when side > 2 -> {
                Gen.yield("big square " + side);
                yield side * side;
            }
            case Square(long side) -> side * side;
            case Group(Circle(var r), var other) -> {
                Gen.yield("group with circle " + r);
                yield (double) Gen.yieldFrom(walk(other)) + r;
            }
            case Group(Shape first, Shape second) ->
                (double) Gen.yieldFrom(walk(first)) + (double) Gen.yieldFrom(walk(second));
        };
        return Gen.end(area);
    }

    @HardCase({41, 47})
    @Async
    static Coroutine<Object> matchException() {
        Object o = new Exploding(1);
        try {
            if (await(later(o)) instanceof Exploding(int n) && n > (int) await(later(0))) {
                return Coroutine.of("not here");
            }
        } catch (MatchException e) {
            return Coroutine.of(e.getCause().getMessage() + await(later("!")));
        }
        return Coroutine.done();
    }
}
