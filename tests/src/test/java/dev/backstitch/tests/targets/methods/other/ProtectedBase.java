package dev.backstitch.tests.targets.methods.other;

/** A superclass in another package, for {@code AccessTarget}. */
public class ProtectedBase {
    protected int inherited = 5;
    protected static String shared = "shared";

    /** For subclasses. */
    protected ProtectedBase() {}

    protected String greet(Object who) {
        return "hello " + who;
    }

    protected static int twice(int n) {
        return 2 * n;
    }
}
