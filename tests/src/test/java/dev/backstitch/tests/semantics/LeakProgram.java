package dev.backstitch.tests.semantics;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What {@link LeakReportTest} starts in a JVM of its own. It prints what is reported, in the order of the text. */
final class LeakProgram {
    private LeakProgram() {}

    private static final int REPORTS = 13;

    /** Not too many collections for a test that fails. */
    private static final int COLLECTIONS = 200;

    @Generator
    static Gen<Integer> cleans() {
        Gen.yield(0);
        try {
            Gen.yield(1);
            Gen.yield(2);
        } finally {
            System.out.print("");
        }
        Gen.yield(3);
        return Gen.end();
    }

    @Generator
    static Gen<Integer> closes() {
        try (AutoCloseable resource = () -> {}) {
            Gen.yield(1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return Gen.end();
    }

    @Generator
    static PrimitiveIterator.OfInt primitive() {
        try {
            Gen.yield(1);
        } finally {
            System.out.print("");
        }
        return null;
    }

    @Generator
    static Gen<Integer> delegates() {
        try {
            Gen.yieldFrom(cleans());
        } finally {
            System.out.print("");
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> hasNothingToDo() {
        try {
            Gen.yield(1);
        } catch (IllegalStateException e) {
            Gen.yield(2);
        }
        return Gen.end();
    }

    /** Delegates to itself, which makes the inner one without a call. */
    @Generator
    static Gen<Integer> walks(int depth) {
        try {
            if (depth > 0) {
                Gen.yieldFrom(walks(depth - 1));
            }
            Gen.yield(depth);
        } finally {
            System.out.print("");
        }
        return Gen.end();
    }

    private static void take(Gen<Integer> gen, int count) {
        for (int i = 0; i < count; i++) {
            gen.next();
        }
    }

    private static void dropReported() {
        take(cleans(), 3);
        take(closes(), 1);
        primitive().nextInt();
        take(delegates(), 2);
        take(walks(1), 1);
    }

    private static void dropOthers() {
        take(cleans(), 0);
        take(cleans(), 1);
        take(cleans(), 4);
        take(hasNothingToDo(), 1);
        Gen<Integer> closed = cleans();
        take(closed, 2);
        closed.close();
        for (int ignored : delegates()) {
            // to its end
        }
        Gen<Integer> failed = cleans();
        take(failed, 2);
        try {
            failed.raise(new IllegalArgumentException());
        } catch (IllegalArgumentException e) {
            // as expected
        }
    }

    /** @param args none */
    public static void main(String[] args) {
        List<String> reports = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger("dev.backstitch");
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (!record.getMessage().contains("never awaited")) { // which debug mode reports, too
                    reports.add(record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        dropOthers();
        CoroutineLeaks.dropOthers();
        System.gc();
        dropReported();
        CoroutineLeaks.dropReported();
        for (int i = 0; i < COLLECTIONS && reports.size() < REPORTS; i++) {
            System.gc();
        }
        reports.stream().sorted().forEach(System.out::println);
    }
}
