package dev.backstitch.benchmarks.report;

import dev.backstitch.benchmarks.report.ResultFile.Result;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Figures in a page that people write. Where one stands, the page says which it is, in comments that readers do not see:
 * {@code <!--=TreeWalk backstitch-->11.5 ns<!--/-->} is the row {@code backstitch} of the topic {@code TreeWalk}, and
 * {@code <!--=TreeWalk backstitch B-->} its bytes per operation. All are of one JDK.
 */
public final class Figures {
    private static final Pattern FIGURE = Pattern.compile("<!--=(\\w+) ([\\w@]+)( B)?-->[^<]*<!--/-->");

    private final List<ResultFile> files;
    private final int feature;

    /** @param feature the version of the JDK whose figures are shown */
    public Figures(List<ResultFile> files, int feature) {
        this.files = files;
        this.feature = feature;
    }

    /**
     * The page with the figures of these results.
     *
     * @throws IllegalArgumentException if it wants one that nobody has measured
     */
    public String renew(String page) {
        return FIGURE.matcher(page).replaceAll(found -> {
            boolean bytes = found.group(3) != null;
            String figure = figure(found.group(1), found.group(2), bytes);
            return "<!--=" + found.group(1) + " " + found.group(2) + (bytes ? " B" : "") + "-->" + figure + "<!--/-->";
        });
    }

    private String figure(String topic, String row, boolean bytes) {
        for (ResultFile file : files) {
            Result result = file.rows().get(row);
            if (file.feature() == feature && file.topic().name().equals(topic) && result != null) {
                return bytes
                        ? Math.round(result.bytes()) + " B"
                        : Page.number(result.score()) + " " + file.topic().unit();
            }
        }
        throw new IllegalArgumentException("nothing was measured for " + topic + " " + row + " on JDK " + feature);
    }
}
