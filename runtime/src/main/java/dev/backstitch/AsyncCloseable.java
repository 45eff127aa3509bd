package dev.backstitch;

import dev.backstitch.annotations.Suspends;

/**
 * A resource whose end may wait: an asynchronous context manager (PEP 492). In a rewritten {@code @Async} method,
 *
 * <pre>{@code
 * try (var group = TaskGroup.open()) {
 *     body
 * }
 * }</pre>
 *
 * <p>is {@code async with}: {@link #close} is a suspension point there, which awaits {@link #exit}. What the resource is
 * made by is its entry: an expression like any other, which may await ({@code try (var held = await(lock.hold()))}); when
 * it throws, there is no resource and nothing is exited. Several resources of one {@code try} are exited in reverse order.
 *
 * <h2>The exit protocol</h2>
 *
 * {@code exit} is called, and what it returns awaited, exactly once for each {@code try} that got the resource:
 * <table>
 * <caption>What the {@code try} statement comes to</caption>
 * <tr><th>the body</th><th>{@code exit} gets</th><th>{@code exit} gives</th><th>the statement</th></tr>
 * <tr><td>ended, by its end or by {@code return}, {@code break} or {@code continue}</td><td>null</td><td>anything</td>
 *     <td>ends as the body did</td></tr>
 * <tr><td>threw {@code t}</td><td>{@code t}</td><td>{@code false} or null</td>
 *     <td>throws {@code t}, the same object, nothing added to it</td></tr>
 * <tr><td>threw {@code t}</td><td>{@code t}</td><td>{@code true}</td><td>ends normally: {@code t} is swallowed</td></tr>
 * <tr><td>either</td><td></td><td>throws {@code u}</td>
 *     <td>throws {@code u}, in place of {@code t}: {@code u} is not added as suppressed</td></tr>
 * </table>
 *
 * <p>A swallowed exception lets the program go on where the body's last statement would have led. If that is a
 * {@code break} or {@code continue}, it is taken. If it is a {@code return} or {@code throw}, there is no such place in
 * the class file, and the statement throws an {@link IllegalStateException} with {@code t} as its cause; so it does when
 * what follows reads a variable that only the body assigns. Only exits that swallow are concerned.
 *
 * <p>The rewriter goes by the static type of the resource: a variable of type {@code AutoCloseable} is closed as plain
 * Java does, and so is one whose class file the rewriter cannot find (BST-505, a warning). A {@code null} resource is not
 * exited. A resource that is a cancel scope or a task group implements {@link PreventsYields}.
 *
 * <p>{@code t} may be any {@link Throwable}, {@link GeneratorExit} and a cancellation included: while a coroutine is
 * being closed, an exit that suspends is answered with "coroutine ignored GeneratorExit", like any other await.
 *
 * <p>Used by one coroutine at a time; not thread-safe unless the implementation says so.
 */
public interface AsyncCloseable extends AutoCloseable {

    /**
     * Ends the use of this resource. An exit that throws synchronously, before it returns its coroutine, counts as one
     * that fails.
     *
     * @param failure what the body threw; null when it ended otherwise
     * @return never null; gives whether {@code failure} is swallowed, null meaning no
     */
    Coroutine<Boolean> exit(Throwable failure);

    /**
     * Awaits {@link #exit}. Called where no exception is under way, and by the program itself wherever that is, it awaits
     * {@code exit(null)} and drops the answer. Not to be overridden: rewritten code calls {@code exit}.
     *
     * @throws NotWovenError always, where the calling method was not rewritten
     */
    @Override
    @Suspends
    default void close() {
        throw NotWovenError.at("AsyncCloseable.close");
    }
}
