package dev.backstitch.engine.diag;

/**
 * A place in the source of a class.
 *
 * @param type the class, as in a stack trace: {@code com.acme.Outer$Inner}
 * @param method the method's name; null for the class itself
 * @param file the source file's name; null if the class file does not say
 * @param line the line, from 1; 0 if the class file does not say
 * @param call the simple name of the method that is called there; null if the place is no call
 */
public record SourceLocation(String type, String method, String file, int line, String call) {
    /** A place that is no call. */
    public SourceLocation(String type, String method, String file, int line) {
        this(type, method, file, line, null);
    }

    /** As a stack trace element, which IDEs link: {@code com.acme.Foo.bar(Foo.java:12)}. */
    @Override
    public String toString() {
        String place = file == null ? "Unknown Source" : line > 0 ? file + ":" + line : file;
        return (method == null ? type : type + "." + method) + "(" + place + ")";
    }
}
