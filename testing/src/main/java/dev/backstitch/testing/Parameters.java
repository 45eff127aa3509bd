package dev.backstitch.testing;

import dev.backstitch.loop.EventLoop;

/** What a test method can have as a parameter. */
final class Parameters {
    private Parameters() {}

    /** Whether an ordinary test method can have it; an {@link Order} may be the argument of a parameterized one. */
    static boolean knows(Class<?> type) {
        return type == TestLoop.class || type == EventLoop.class || type == VirtualClock.class;
    }

    /** The part of {@code loop} that has the type; null if there is none. */
    static Object of(TestLoop loop, Class<?> type) {
        if (type == TestLoop.class) {
            return loop;
        }
        if (type == EventLoop.class) {
            return loop.loop();
        }
        if (type == VirtualClock.class) {
            return loop.clock();
        }
        return type == Order.class ? loop.order() : null;
    }
}
