package dev.backstitch;

/**
 * A value and its position: what {@link AsyncComprehension#enumerate} yields.
 *
 * @param index the position, from 0 unless another start was asked for
 * @param value the value; null if the source yielded null
 */
public record Indexed<Y>(long index, Y value) {}
