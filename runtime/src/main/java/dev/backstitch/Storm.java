package dev.backstitch;

import java.util.concurrent.atomic.LongAdder;

/**
 * What methods call that were rewritten for a storm: other people's methods, suspended at each of their calls and driven
 * to their end by whoever calls them. It proves the rewriter, and is of no other use. Not meant to be called by hand.
 * Thread-safe.
 */
public final class Storm {
    /** One in so many awaits has its result at once, so that both ways behind a point are gone. */
    private static final int DONE_AT_ONCE = 4;

    private static final LongAdder METHODS = new LongAdder();
    private static final LongAdder SUSPENSIONS = new LongAdder();
    /** Not exact where threads race, which does no harm. */
    private static int turns;

    private Storm() {}

    /** Something to await: mostly the next turn, which comes at once; now and then something that is done already. */
    public static Awaitable<Void> turn() {
        return turns++ % DONE_AT_ONCE == 0 ? Done.DONE : Turn.NEXT;
    }

    /** Drives a coroutine that was just made to its end, through all its suspensions; its result, or its own exception. */
    public static Object run(Coroutine<?> coroutine) {
        int suspensions = 0;
        try {
            for (;;) {
                Object out = ChainDriver.drive(coroutine, null);
                if (!(out instanceof Signal)) {
                    coroutine.phase = Frame.CLOSED;
                    return out;
                }
                suspensions++;
            }
        } catch (Throwable t) {
            throw Throwables.sneaky(t);
        } finally {
            METHODS.increment();
            SUSPENSIONS.add(suspensions);
        }
    }

    /** How many methods have run as frames, in this JVM. */
    public static long methods() {
        return METHODS.sum();
    }

    /** How often they have been suspended. */
    public static long suspensions() {
        return SUSPENSIONS.sum();
    }

    /** A promise that was always kept. */
    private enum Done implements Promise<Void> {
        DONE;

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public Void value() {
            return null;
        }

        @Override
        public Throwable failure() {
            return null;
        }

        @Override
        public void whenDone(Runnable callback) {
            callback.run();
        }
    }
}
