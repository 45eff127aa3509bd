package dev.backstitch.engine.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the frame classes of one class their names: {@code Outer$method$$Frame}, the same whenever the class is rewritten.
 *
 * <p>No two methods of any classes share one. The last {@code $} before {@code $$Frame} is where the class's name ends, so a
 * {@code $} in the method's name has to look different, as {@code -}: without that, {@code b} of {@code Outer$a} and
 * {@code a$b} of {@code Outer} would be one. {@code =} stands before a {@code -} or {@code =} that is meant. Methods of one
 * class that share a name, or that a file system would take for the same, are numbered in their order.
 *
 * <table>
 * <caption>Examples</caption>
 * <tr><th>class</th><th>method</th><th>frame</th></tr>
 * <tr><td>{@code Outer}</td><td>{@code total}</td><td>{@code Outer$total$$Frame}</td></tr>
 * <tr><td>{@code Outer}</td><td>{@code total}, the second</td><td>{@code Outer$total$$Frame2}</td></tr>
 * <tr><td>{@code Outer}</td><td>{@code lambda$main$0}</td><td>{@code Outer$lambda-main-0$$Frame}</td></tr>
 * <tr><td>{@code Outer}</td><td>{@code price-1a2b}, as Kotlin has them</td><td>{@code Outer$price=-1a2b$$Frame}</td></tr>
 * </table>
 *
 * <p>Not thread-safe.
 */
public final class FrameNames {
    private static final String SUFFIX = "$$Frame";

    private final String owner;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param owner the internal name of the class whose methods these are */
    public FrameNames(String owner) {
        this.owner = owner;
    }

    /** The internal name of the frame class of the next method, which is called {@code method}. */
    public String next(String method) {
        int number = numbers.merge(method.toLowerCase(Locale.ROOT), 1, Integer::sum);
        return owner + "$" + escaped(method) + SUFFIX + (number == 1 ? "" : number);
    }

    private static String escaped(String method) {
        return method.replace("=", "==").replace("-", "=-").replace('$', '-');
    }

    /** Whether a class of this name, internal or of a file, may be a frame. */
    public static boolean isOne(String name) {
        int at = name.lastIndexOf(SUFFIX);
        return at > 0 && name.substring(at + SUFFIX.length()).chars().allMatch(Character::isDigit);
    }

    /** Where the part that is the same for all frames begins in the name of a frame. */
    public static int endOfMethod(String frame) {
        return frame.lastIndexOf(SUFFIX);
    }
}
