package dev.backstitch.tests.targets.locals;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;

/** Frames that must not hold what the body cannot use any more. Driven by {@link LeakTest}. */
public class LeakTarget {
    private LeakTarget() {}

    /** A new instance each time, so that identity tells. */
    static Object heavy() {
        return new StringBuilder("heavy");
    }

    @Generator
    static Gen<Object> deadLocal() {
        Object heavy = heavy();
        Gen.yield(heavy);
        Gen.yield("dead by now");
        return Gen.end();
    }

    @Generator
    static Gen<Object> reassigned() {
        Object heavy = heavy();
        Gen.yield(heavy);
        Gen.yield(heavy.hashCode() == 0 ? "" : "alive");
        heavy = "light";
        Gen.yield("dead by now");
        return Gen.end(heavy);
    }

    @Generator
    static Gen<Object> operand() {
        Gen.yield(String.valueOf(Gen.<Object>yield(heavy())) + Gen.yield("operand") + Gen.yield("dead by now"));
        return Gen.end();
    }

    @Generator
    static Gen<Object> parameter(Object heavy) {
        Gen.yield(heavy);
        Gen.yield("dead by now");
        return Gen.end();
    }

    @Generator
    static Gen<Object> loopVariable() {
        for (int i = 0; i < 2; i++) {
            Object heavy = heavy();
            Gen.yield(heavy);
        }
        Gen.yield("dead by now");
        return Gen.end();
    }

    @Generator
    static Gen<Object> endsWhileAlive() {
        Object heavy = heavy();
        try {
            Gen.yield(heavy);
            Gen.yield("alive");
        } finally {
            heavy.hashCode();
        }
        return Gen.end();
    }
}
