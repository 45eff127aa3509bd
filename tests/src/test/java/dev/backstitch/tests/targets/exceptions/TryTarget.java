package dev.backstitch.tests.targets.exceptions;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.harness.Probe.f;
import static dev.backstitch.tests.harness.Probe.fail;
import static dev.backstitch.tests.harness.Probe.failing;
import static dev.backstitch.tests.harness.Probe.later;
import static dev.backstitch.tests.harness.Probe.log;
import static dev.backstitch.tests.harness.Probe.num;
import static dev.backstitch.tests.harness.Probe.t;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.harness.HardCase;
import dev.backstitch.tests.harness.Probe.CheckedFailure;
import dev.backstitch.tests.harness.Probe.Failure;

/** Suspensions in try, catch and finally. */
public class TryTarget {

    @HardCase({32, 34})
    @Generator
    static Gen<Object> everyPart() {
        int i = 0;
        String s = "start";
        try {
            s = "try" + Gen.yield("in try");
            i++;
            if (t()) {
                throw new Failure("thrown");
            }
        } catch (Failure e) {
            s += "-caught " + e.getMessage() + Gen.yield("in catch") + i;
            i++;
        } finally {
            s += "-finally" + Gen.yield("in finally") + i;
        }
        Gen.yield(s);
        return Gen.end(i);
    }

    @HardCase({32, 33})
    @Generator
    static Gen<Object> threeDeep() {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            try {
                s.append("[1:").append(Gen.<Object>yield("t1 " + i));
                try {
                    s.append("[2:").append(Gen.<Object>yield("t2 " + i));
                    try {
                        s.append("[3:").append(Gen.<Object>yield("t3 " + i));
                        if (i == 1) {
                            fail("one");
                        } else if (i == 2) {
                            throw new IllegalStateException("two");
                        } else if (i == 3) {
                            throw new Error("three");
                        }
                    } catch (Failure e) {
                        s.append("c3").append(Gen.<Object>yield("c3"));
                    } finally {
                        s.append("f3]").append(Gen.<Object>yield("f3"));
                    }
                } catch (IllegalStateException e) {
                    s.append("c2").append(Gen.<Object>yield("c2"));
                    throw new Failure("from c2");
                } finally {
                    s.append("f2]").append(Gen.<Object>yield("f2"));
                }
            } catch (Failure | Error e) {
                s.append("c1").append(e.getMessage()).append(Gen.<Object>yield("c1"));
            } finally {
                s.append("f1]").append(Gen.<Object>yield("f1"));
            }
        }
        return Gen.end(s);
    }

    @HardCase(32)
    @Async
    static Coroutine<Object> awaitsInEveryPart() { // logs("called, caught first, cleanup, caught second, returned true")
        Throwable one = null;
        try {
            try {
                await(failing(new Failure("first")));
            } catch (Failure e) {
                one = e;
                log("caught " + e.getMessage());
                await(failing(new Failure("second")));
            } finally {
                log(await(later("cleanup")));
            }
        } catch (Failure e) {
            log("caught " + e.getMessage());
            return Coroutine.of(e != one && (boolean) await(later(true)));
        }
        return Coroutine.done();
    }

    @HardCase(32)
    @Async
    static Coroutine<Object> rethrowsTheSame() {
        Failure thrown = new Failure("same");
        Throwable seen = null;
        try {
            try {
                log(await(later("before")));
                throw thrown;
            } catch (Failure e) {
                await(later("in catch"));
                throw e;
            } finally {
                await(later("in finally"));
            }
        } catch (Failure e) {
            seen = e;
        }
        return Coroutine.of(seen == thrown);
    }

    @HardCase({36, 46})
    @Generator
    static Gen<Object> leavingThroughFinally() {
        outer:
        for (int i = 0; ; i++) {
            try {
                Gen.yield("try " + i);
                for (int j = 0; j < 3; j++) {
                    try {
                        if (i == 0 && j == 1) {
                            continue outer;
                        }
                        if (i == 1 && j == 2) {
                            break;
                        }
                        if (i == 2) {
                            break outer;
                        }
                        Gen.yield("inner " + i + j);
                    } finally {
                        log("inner finally " + i + j);
                        Gen.yield("inner finally " + i + j);
                    }
                }
                log("after inner " + i);
            } finally {
                Gen.yield("finally " + i);
            }
        }
        return Gen.end("left");
    }

    @HardCase(36)
    @Generator
    static Gen<Object> returningThroughFinally() {
        int n = 1;
        try {
            try {
                Gen.yield("try");
                return Gen.end(n + num(10));
            } finally {
                n = 100;
                Gen.yield("first finally " + n);
            }
        } finally {
            Gen.yield("second finally " + n);
        }
    }

    @HardCase(36)
    @Async
    @SuppressWarnings("finally")
    static Coroutine<Object> returnOverriddenInFinally() {
        try {
            if (t()) {
                return Coroutine.of(await(later("in try")));
            }
            throw new Failure("lost");
        } finally {
            if (await(later(true))) {
                return Coroutine.of("overridden " + await(later("in finally")));
            }
            log("not here");
        }
    }

    @HardCase({36, 38})
    @Generator
    @SuppressWarnings("finally")
    static Gen<Object> exceptionSwallowedByFinally() {
        while (true) {
            try {
                Gen.yield("try");
                fail("swallowed");
            } finally {
                Gen.yield("finally");
                break;
            }
        }
        return Gen.end("broke");
    }

    @HardCase(38)
    @Async
    static Coroutine<Object> multiCatch() {
        String s = "";
        for (int i = 0; i < 4; i++) {
            try {
                s += await(later(i));
                if (i == 0) {
                    throw new CheckedFailure("c");
                } else if (i == 1) {
                    throw new IllegalArgumentException("i");
                } else if (i == 2) {
                    throw new Failure("f");
                }
            } catch (CheckedFailure | IllegalArgumentException e) {
                s += await(later(e.getMessage())) + e.getMessage();
            } catch (RuntimeException e) {
                s += "r" + await(later(1)) + e.getMessage();
            }
        }
        return Coroutine.of(s);
    }

    @HardCase(38)
    @Generator
    static Gen<Object> catchesEverything() {
        for (int i = 0; i < 3; i++) {
            try {
                Gen.yield("try " + i);
            } catch (Throwable t) {
                log("saw " + t.getClass().getSimpleName());
                if (i == 1) {
                    throw t;
                }
            }
        }
        return Gen.end();
    }

    @HardCase(38)
    @Async
    static Coroutine<Object> onlyExceptions() {
        try {
            await(later("waiting"));
            await(later("still"));
        } catch (Exception e) {
            log("exception " + e.getMessage());
            await(later("handled"));
        } finally {
            log("finally");
        }
        return Coroutine.of("end");
    }

    @HardCase(40)
    @Async
    static Coroutine<Object> throwsBeforeSuspending() { // logs("called, threw Failure(early)")
        if (t()) {
            fail("early");
        }
        return Coroutine.of(await(later("never")));
    }

    @Async
    static Coroutine<String> checked(boolean fails) throws CheckedFailure {
        await(later("checking"));
        if (fails) {
            throw new CheckedFailure("checked");
        }
        return Coroutine.of("passed");
    }

    @HardCase({32, 40})
    @Async
    static Coroutine<Object> checkedExceptions() {
        try {
            log(await(checked(false)));
            log(await(checked(true)));
        } catch (CheckedFailure e) {
            log(e.getMessage());
        }
        try {
            await(failing(new CheckedFailure("declared")), CheckedFailure.class);
        } catch (CheckedFailure e) {
            return Coroutine.of(e.getMessage());
        }
        return Coroutine.done();
    }

    @HardCase({35, 39})
    @Async
    static Coroutine<Object> handlerAroundEverything() {
        int attempts = 0;
        while (true) {
            try {
                attempts++;
                if (attempts < 3) {
                    await(failing(new Failure("attempt " + attempts)));
                }
                return Coroutine.of(attempts + await(later("done")));
            } catch (Failure e) {
                log(e.getMessage());
                await(later("pause"));
            }
        }
    }

    @HardCase(34)
    @Async
    static Coroutine<Object> localsSeenByHandlers() {
        int i = 1;
        long l = 2;
        String s = "a";
        Object o = null;
        try {
            i = 10;
            await(later(1));
            l = 20;
            s = s + await(later("b"));
            o = await(later("c"));
            i = 11;
            await(failing(new Failure("x")));
            i = 12;
        } catch (Failure e) {
            s = s + await(later("d")) + i + l + o;
        } finally {
            s = s + await(later("e")) + i + l + o;
        }
        return Coroutine.of(s);
    }

    @HardCase(39)
    @Async
    static Coroutine<Object> emptyRanges() {
        try {
        } finally {
            log(await(later("finally of an empty try")));
        }
        try {
            await(later("nothing"));
        } finally {
        }
        try {
            log("quiet");
        } catch (RuntimeException e) {
            await(later("unused"));
        }
        return Coroutine.done();
    }

    @HardCase({36, 12})
    @Async
    static Coroutine<Object> finallyWithOperands() {
        return Coroutine.of(num(1) + "/" + await(inner(num(2))) + "/" + (f() ? 1 : await(inner(3))));
    }

    @Async
    private static Coroutine<Long> inner(long n) {
        try {
            return Coroutine.of(n * (int) await(later(5)));
        } finally {
            log(await(later("finally " + n)));
        }
    }
}
