package dev.backstitch.tests.targets.control;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.fail;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.Probe.Failure;

/** Switch expressions, text blocks, instanceof patterns: what Java 17 has. */
@Language(17)
public class ModernSwitchTarget {
    enum Color {
        RED,
        GREEN,
        BLUE
    }

    record Point(int x, int y) {}

    @HardCase({47, 12})
    @Generator
    static Gen<Object> expressions() {
        for (int i = 0; i < 4; i++) {
            String s = "<" + switch (i) {
                case 0 -> Gen.yield("zero");
                case 1 -> {
                    Gen.yield("one");
                    yield "block" + Gen.yield("of one");
                }
                case 2 -> "two";
                default -> Gen.<Object>yield("default") + ">";
            };
            Gen.yield(s);
        }
        return Gen.end();
    }

    @HardCase({47, 10})
    @Async
    static Coroutine<Object> expressionsWithOperandsAndTry() {
        int sum = 0; // not long: javac 17 crashes on a switch expression with try over a two-slot operand
        for (Color c : Color.values()) {
            sum += num(1000) * switch (await(later(c))) {
                case RED -> 1;
                case GREEN -> {
                    try {
                        yield (int) await(later(5));
                    } finally {
                        sum += (int) await(later(100));
                    }
                }
                case BLUE -> {
                    try {
                        yield fail("blue");
                    } catch (Failure e) {
                        yield e.getMessage().length() + (int) await(later(2));
                    }
                }
            };
        }
        return Coroutine.of(sum);
    }

    @HardCase({19, 47})
    @Async
    static Coroutine<Object> patterns() {
        Object[] values = {"text", 42, new Point(1, 2)};
        String s = "";
        for (Object o : values) {
            if (await(later(o)) instanceof String t && t.length() == (int) await(later(4))) {
                s += t;
            } else if (o instanceof Integer n && n > 5) {
                s += n + (int) await(later(1));
            } else if (!(o instanceof Point p)) {
                s += "?";
            } else {
                s += p.x() + await(later(p)).y();
            }
        }
        var text = """
            block %s
            """.formatted(await(later("formatted")));
        return Coroutine.of(s + text.strip());
    }
}
