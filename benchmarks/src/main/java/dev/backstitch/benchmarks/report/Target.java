package dev.backstitch.benchmarks.report;

import dev.backstitch.benchmarks.report.ResultFile.Result;
import java.util.Locale;
import java.util.Map;

/** A figure that must be reached. */
sealed interface Target {
    /** What must be reached, in words. */
    String text();

    /** What {@code rows} came to; null when they hold no such figure. */
    Verdict verdict(Map<String, Result> rows);

    /**
     * @param met whether it was reached
     * @param figure what was measured, in words
     */
    record Verdict(boolean met, String figure) {}

    /** {@code row} takes at most {@code limit} times what {@code reference} takes. */
    record Times(String text, String row, String reference, double limit) implements Target {
        @Override
        public Verdict verdict(Map<String, Result> rows) {
            if (!rows.containsKey(row) || !rows.containsKey(reference)) {
                return null;
            }
            double ratio = rows.get(row).score() / rows.get(reference).score();
            return new Verdict(ratio <= limit, format("%.2f ×", ratio));
        }
    }

    /** {@code row} takes at most {@code limit} of {@code unit}. */
    record AtMost(String text, String row, double limit, String unit) implements Target {
        @Override
        public Verdict verdict(Map<String, Result> rows) {
            if (!rows.containsKey(row)) {
                return null;
            }
            double score = rows.get(row).score();
            return new Verdict(score <= limit, format("%.1f ", score) + unit);
        }
    }

    /** {@code row} allocates nothing for an operation; the generator itself is spread over all of them. */
    record NoBytes(String text, String row) implements Target {
        private static final double ROUNDED_TO_NOTHING = 0.5;

        @Override
        public Verdict verdict(Map<String, Result> rows) {
            if (!rows.containsKey(row)) {
                return null;
            }
            double bytes = rows.get(row).bytes();
            return new Verdict(bytes < ROUNDED_TO_NOTHING, format("%.2f B", bytes));
        }
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
