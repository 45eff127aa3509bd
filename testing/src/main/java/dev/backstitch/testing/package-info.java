/**
 * For tests of coroutines.
 *
 * <pre>
 *   CoroutineTests, TestLoopExtension   JUnit Jupiter
 *          │                 │
 *          ▼                 ▼
 *   Interleavings ─────▶ TestLoop ──▶ VirtualClock      time jumps when all wait
 *   many orders          ▲     │ └──▶ Order             which of the ready entries runs next
 *   Cancellations ───────┘     └────▶ StandstillError   nothing can ever happen: a failure with the await tree
 *   at every step
 * </pre>
 */
package dev.backstitch.testing;
