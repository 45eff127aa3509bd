package dev.backstitch.loop;

/** Debug mode as the JVM was started with it. */
final class Debug {
    private Debug() {}

    /** {@code -Dbackstitch.debug=true}. */
    static final boolean ON = Boolean.getBoolean("backstitch.debug");
}
