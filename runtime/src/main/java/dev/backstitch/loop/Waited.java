package dev.backstitch.loop;

import java.util.Set;

/**
 * What {@link Tasks#wait} gives: both sets in the order of the argument, unmodifiable.
 *
 * @param done those that are done; {@link LoopFuture#result} tells how
 * @param pending those that are not
 * @param <F> the type of the futures
 */
public record Waited<F>(Set<F> done, Set<F> pending) {}
