package dev.backstitch.benchmarks.peers;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;

/** Coroutines of another class than their awaiter's: what they are called is all that the awaiter knows of them. */
public final class Services {
    private Services() {}

    /** Has no suspension point; the benchmark forbids the JIT to inline its body. */
    @Async
    public static Coroutine<Object> echo(Object x) {
        return Coroutine.of(x);
    }

    /** Called where each of four implementations is met. */
    public interface Service {
        @Async
        Coroutine<Object> echo(Object x);
    }

    /** Four services that do the same. */
    public static Service[] four() {
        return new Service[] {new First(), new Second(), new Third(), new Fourth()};
    }

    private static final class First implements Service {
        @Override
        @Async
        public Coroutine<Object> echo(Object x) {
            return Coroutine.of(x);
        }
    }

    private static final class Second implements Service {
        @Override
        @Async
        public Coroutine<Object> echo(Object x) {
            return Coroutine.of(x);
        }
    }

    private static final class Third implements Service {
        @Override
        @Async
        public Coroutine<Object> echo(Object x) {
            return Coroutine.of(x);
        }
    }

    private static final class Fourth implements Service {
        @Override
        @Async
        public Coroutine<Object> echo(Object x) {
            return Coroutine.of(x);
        }
    }
}
