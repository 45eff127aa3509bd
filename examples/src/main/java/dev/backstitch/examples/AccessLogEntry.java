package dev.backstitch.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of an access log in the Common Log Format; what the Combined one adds at the end is ignored.
 *
 * @param host who asked
 * @param hour when, to the hour, such as {@code 10/Oct/2000:13}
 * @param request the request line
 * @param status the status that was answered
 * @param bytes the size of the answer; 0 where the log has {@code -}
 */
public record AccessLogEntry(String host, String hour, String request, int status, long bytes) {

    private static final Pattern LINE = Pattern.compile(
            "(\\S+) \\S+ \\S+ \\[(\\d{2}/\\w{3}/\\d{4}:\\d{2}):\\d{2}:\\d{2} [+-]\\d{4}] \"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\""
                    + " (\\d{3}) (\\d{1,18}|-)(?: .*)?");

    /** The entry that {@code line} holds; null if it is not in the format. */
    public static AccessLogEntry parse(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return null;
        }
        long bytes = m.group(5).equals("-") ? 0 : Long.parseLong(m.group(5));
        return new AccessLogEntry(m.group(1), m.group(2), m.group(3), Integer.parseInt(m.group(4)), bytes);
    }
}
