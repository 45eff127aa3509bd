package dev.backstitch.tests.harness.reference;

/** The body of a method that suspends, with its arguments: what the reference loader's stubs make. */
@FunctionalInterface
public interface Body {
    Object run() throws Throwable;
}
