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
     * Awaits {@link #exit}. Called where no exception is under way, it awaits {@code exit(null)} and drops the answer.
     * Not to be overridden: rewritten code calls {@code exit}.
     *
     * @throws NotWovenError always, where the calling method was not rewritten
     */
    @Override
    @Suspends
    default void close() {
        throw NotWovenError.at("AsyncCloseable.close");
    }
}
