package dev.backstitch.tests.targets.control;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;

/** Switch statements of the old kind. */
public class SwitchTarget {
    enum Color {
        RED,
        GREEN,
        BLUE
    }

    @HardCase(47)
    @Generator
    static Gen<Object> tables() {
        for (int i = 0; i < 5; i++) {
            switch (i) {
                case 0:
                    Gen.yield("zero");
                    break;
                case 1:
                    Gen.yield("one, falls");
                case 2:
                    Gen.yield("two");
                    break;
                case 3:
                    Gen.yield(Gen.yield("three") == null ? "none" : "some");
                    continue;
                default:
                    Gen.yield("default");
            }
            Gen.yield("after " + i);
        }
        return Gen.end();
    }

    @HardCase({47, 19})
    @Async
    static Coroutine<Object> lookups() {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            switch (await(later(i * 1000))) {
                case 0:
                    s.append(await(later("0")));
                    break;
                case 1000:
                    int inner = await(later(5));
                    s.append(inner);
                    break;
                default:
                    s.append("d");
            }
        }
        return Coroutine.of(s);
    }

    @HardCase({47, 19})
    @Generator
    static Gen<Object> strings() {
        for (String s : new String[] {"Aa", "BB", "c", "other"}) {
            switch (Gen.yield(s) == null ? s : "sent") {
                case "Aa":
                    Gen.yield("Aa collides with BB");
                    break;
                case "BB":
                    Gen.yield("BB collides with Aa");
                    break;
                case "c":
                case "sent":
                    Gen.yield("c or sent");
                    break;
                default:
                    Gen.yield("other");
            }
        }
        return Gen.end();
    }

    @HardCase(47)
    @Async
    static Coroutine<Object> enums() {
        int n = 0;
        for (Color c : Color.values()) {
            switch (await(later(c))) {
                case RED:
                    n += num(1) + await(later(10));
                    break;
                case BLUE:
                    n += num(2) * (int) await(later(100));
                    break;
                default:
                    n++;
            }
        }
        return Coroutine.of(n);
    }

    @HardCase(47)
    @Generator
    static Gen<Object> nestedWithTry() {
        for (int i = 0; i < 4; i++) {
            switch (i) {
                case 0:
                case 1:
                    try {
                        switch (Gen.yield("inner " + i) == null ? i : 7) {
                            case 0:
                                continue;
                            case 1:
                                break;
                            default:
                                throw new IllegalStateException();
                        }
                        Gen.yield("broke");
                    } finally {
                        Gen.yield("finally " + i);
                    }
                    break;
                default:
                    Gen.yield("default " + i);
            }
        }
        return Gen.end();
    }
}
