package dev.backstitch.tests.targets.control;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.f;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import java.util.Arrays;
import java.util.Iterator;

/** Loops with suspensions in every part. */
public class LoopsTarget {

    @HardCase(46)
    @Generator
    static Gen<Object> kindsOfLoops() {
        for (int i = num(0); Gen.yield("condition " + i) == null && i < 2; i += Gen.yield("update") == null ? 1 : 2) {
            Gen.yield("body " + i);
        }
        int w = 0;
        while (w < 2) {
            Gen.yield("while " + w++);
        }
        do {
            Gen.yield("do " + w--);
        } while (w > 0 && Gen.yield("do condition") == null);
        for (String s : Arrays.asList("a", "b")) {
            Gen.yield(s);
        }
        for (long l : new long[] {1, 2}) {
            Gen.yield(l);
        }
        return Gen.end();
    }

    @HardCase(46)
    @Generator
    static Gen<Object> endless() {
        for (long a = 0, b = 1; ; ) {
            Gen.yield(a);
            long t = a + b;
            a = b;
            b = t;
        }
    }

    @HardCase(46)
    @Async
    static Coroutine<Object> endlessAwaits() {
        while (true) {
            if (Coroutine.suspend("request") == null) {
                await(later("turn"));
            }
        }
    }

    @HardCase(46)
    @Generator
    static Gen<Object> labels() {
        a:
        for (int i = 0; i < 3; i++) {
            b:
            for (int j = 0; ; j++) {
                c:
                {
                    Gen.yield("" + i + j);
                    switch (i + j) {
                        case 0:
                            break c;
                        case 1:
                            break b;
                        case 2:
                            continue b;
                        case 3:
                            continue a;
                        default:
                            break a;
                    }
                }
                Gen.yield("after c");
            }
            Gen.yield("after b");
        }
        return Gen.end();
    }

    @HardCase(46)
    @Generator
    static Gen<Object> nested() {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                if ((i + j) % 2 == 0) {
                    for (int k = 0; k < 2; k++) {
                        sum += i * 100 + j * 10 + k;
                        Gen.yield(sum);
                    }
                } else if (j == 2) {
                    Gen.yield("odd " + sum);
                }
            }
        }
        return Gen.end(sum);
    }

    @HardCase(46)
    @Generator
    static Gen<Object> rarelyYields() {
        int seen = 0;
        for (int i = 0; i < 1000; i++) {
            if (i % 64 == 0) {
                Gen.yield(i);
            } else {
                seen += i & 1;
            }
        }
        return Gen.end(seen);
    }

    @HardCase(46)
    @Generator
    static Gen<Object> sievesLikePython() {
        int[] primes = new int[20];
        int count = 0;
        candidates:
        for (int n = 2; count < 8; n++) {
            for (int i = 0; i < count; i++) {
                if (n % primes[i] == 0) {
                    continue candidates;
                }
            }
            primes[count++] = n;
            Gen.yield(n);
        }
        return Gen.end(Arrays.toString(primes));
    }

    @HardCase({46, 21})
    @Async
    static Coroutine<Object> unreachableEnds() {
        int n = 0;
        for (; ; ) {
            n += (int) await(later(1));
            if (n < 3) {
                continue;
            }
            if (f()) {
                break;
            }
            return Coroutine.of(n);
        }
        throw new IllegalStateException("never");
    }

    @HardCase(46)
    @Async
    static Coroutine<Object> iterators() {
        Iterator<Integer> it = Arrays.asList(1, 2, 3).iterator();
        int sum = 0;
        while (it.hasNext()) {
            sum += it.next() * (int) await(later(2));
            log(sum);
        }
        Iterator<Object> gen = plainIterator();
        while (gen.hasNext()) {
            log(await(later(gen.next())));
        }
        return Coroutine.of(sum);
    }

    @Generator
    private static Iterator<Object> plainIterator() {
        Gen.yield("x");
        Gen.yield("y");
        return null;
    }
}
