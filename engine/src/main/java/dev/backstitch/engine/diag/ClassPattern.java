package dev.backstitch.engine.diag;

/**
 * A pattern of class names: {@code *} stands for any characters, dots included, {@code ?} for one. {@code com.acme.*}
 * are all classes of that package and those below it. Matching makes no object.
 *
 * @param text the pattern, with dots or slashes between packages
 */
public record ClassPattern(String text) {

    public ClassPattern {
        text = text.replace('.', '/');
    }

    /** Whether {@code part} can only be meant as a pattern: it names a package or has a wildcard. */
    public static boolean looksLikeOne(String part) {
        return part.indexOf('.') >= 0 || part.indexOf('*') >= 0 || part.indexOf('?') >= 0 || part.indexOf('/') >= 0;
    }

    /** Whether the whole of {@code internalName}, such as {@code com/acme/Main}, fits. */
    public boolean matches(String internalName) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < internalName.length()) {
            char c = p < text.length() ? text.charAt(p) : '\0';
            if (c == '*') {
                star = p++;
                retry = n;
            } else if (p < text.length() && (c == '?' || c == internalName.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
