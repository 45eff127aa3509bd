package dev.backstitch;

/**
 * Marks a resource whose {@code try} body must not be left by a {@code yield}: a task group, a timeout, any scope that
 * may cancel the task it was opened in (PEP 789, "Preventing task-cancellation bugs by limiting yield in async
 * generators"). A body that yields hands control to its consumer with the scope still open: the scope would cancel the
 * consumer, for which nobody wrote it, and would be exited by whoever resumes the generator, or never.
 *
 * <p>The rewriter refuses a {@code Gen.yield} in the body of {@code try (var scope = ...)}, its nested blocks included,
 * when the static type of the resource is a subtype of this one (BST-206). It has no members: a class is marked by
 * implementing it in place of {@link AsyncCloseable}. A yield inside any other resource is legal, as in Python.
 */
public interface PreventsYields extends AsyncCloseable {}
