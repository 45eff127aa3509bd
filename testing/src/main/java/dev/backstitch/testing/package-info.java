/**
 * For tests of coroutines.
 *
 * <pre>
 *   CoroutineTests, TestLoopExtension    JUnit Jupiter
 *          │                │
 *          ▼                ▼
 *   Interleavings ──▶ TestLoop ──▶ VirtualClock   time jumps when all wait
 *    many orders          │  └───▶ Order          which of the ready entries runs next
 *                         └──────▶ Stuck          nothing can ever happen: a failure with the await tree
 * </pre>
 */
package dev.backstitch.testing;
