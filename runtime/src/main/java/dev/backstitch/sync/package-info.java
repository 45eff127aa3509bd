/**
 * What tasks of one event loop wait for one another with: asyncio's locks and queues, with asyncio's order and ticks.
 *
 * <pre>
 *   Lock ◀── Condition ◀── Barrier
 *   Event ◀── Queue ◀── PriorityQueue, LifoQueue
 *               ▲────── Channel
 *   Semaphore ◀── BoundedSemaphore
 *       └──▶ Waiters   who waits, first in, first out; each a future of the loop
 * </pre>
 *
 * <p>All of it belongs to the thread of its loop: between two awaits of a task nothing else runs, so that none of it needs
 * a lock of the JVM's. An operation that need not wait does not suspend, and takes no turn of the loop. One that waits can be
 * cancelled at any point; what it was about to get then goes to the next one. Each object is used with one loop; the first
 * operation that waits binds it.
 *
 * <p>Source: CPython 3.13, {@code asyncio/locks.py} and {@code asyncio/queues.py}; for {@link dev.backstitch.sync.Channel}, trio.
 */
package dev.backstitch.sync;
