package dev.backstitch.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.ProtectionDomain;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Counts what the transformer is asked, and how long it takes, for whoever wants to know what the agent costs. Classes of
 * the JDK, which are never looked at, are not counted. A class that is loaded while another one is rewritten counts in both
 * times. These are times of the processor, as far as the JVM knows them: while an application starts, its threads and
 * those of the JIT want more processors than there are. To ask for them takes microseconds, as much as what is measured: so
 * it is asked twice before, and what that takes is subtracted, except for classes that are loaded while another one is
 * rewritten. A single time may thus be wrong, even negative; the mean of many is not. The agent's own start is a time of the
 * clock. Thread-safe.
 */
final class Statistics implements ClassFileTransformer {
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;
    private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

    /** Classes of a kind, and the nanoseconds that they took. */
    private static final class Tally {
        private final LongAdder count = new LongAdder();
        private final LongAdder time = new LongAdder();

        void add(long taken) {
            count.increment();
            time.add(taken);
        }

        double milliseconds() {
            return sum() / NANOSECONDS_PER_MILLISECOND;
        }

        double microsecondsEach() {
            return count.sum() == 0 ? 0 : sum() / NANOSECONDS_PER_MICROSECOND / count.sum();
        }

        private double sum() {
            return Math.max(0, time.sum());
        }
    }

    /** What a quick look was enough for. */
    private final Tally leftAlone = new Tally();

    /** What names Backstitch, but is as it should be. The first of them has the rewriter loaded. */
    private final Tally examined = new Tally();

    private final Tally rewritten = new Tally();
    private final AgentLog log;
    private final long started;
    private volatile long startTime;
    private volatile ClassFileTransformer transformer;
    private volatile Predicate<byte[]> concernsUs;
    private volatile LongSupplier clock = System::nanoTime;

    /** Made before the agent does anything else. */
    Statistics(AgentLog log) {
        this.log = log;
        this.started = System.nanoTime();
    }

    /** This, in the place of {@code transformer}, which looks closely only at what {@code concernsUs}. */
    ClassFileTransformer counting(ClassFileTransformer transformer, Predicate<byte[]> concernsUs) {
        this.transformer = transformer;
        this.concernsUs = concernsUs;
        return this;
    }

    /** The agent is ready. */
    void started() {
        startTime = System.nanoTime() - started;
        clock = processorTime();
    }

    private static LongSupplier processorTime() {
        try {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime;
        } catch (LinkageError e) {
            return System::nanoTime; // a JVM without the module java.management
        }
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        LongSupplier clock = this.clock;
        clock.getAsLong(); // by now the application has had the caches for itself: the first time costs most
        long asked = clock.getAsLong();
        long start = clock.getAsLong();
        byte[] result = transformer.transform(module, loader, name, redefined, domain, classFile);
        long end = clock.getAsLong();
        long taken = end - start - (start - asked);
        if (loader != null) {
            (result != null ? rewritten : concernsUs.test(classFile) ? examined : leftAlone).add(taken);
        }
        return result;
    }

    /** Says it. */
    void report() {
        log.report(String.format(
                Locale.ROOT,
                "started in %.1f ms; left %d classes alone in %.1f ms, %.2f microseconds each; examined %d in %.1f ms; rewrote %d in %.1f ms",
                startTime / NANOSECONDS_PER_MILLISECOND,
                leftAlone.count.sum(),
                leftAlone.milliseconds(),
                leftAlone.microsecondsEach(),
                examined.count.sum(),
                examined.milliseconds(),
                rewritten.count.sum(),
                rewritten.milliseconds()));
    }
}
