package dev.backstitch.tests.sync;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.tests.sync.Rig.milliseconds;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.sync.BoundedSemaphore;
import dev.backstitch.sync.Condition;
import dev.backstitch.sync.Lock;
import dev.backstitch.sync.Semaphore;
import dev.backstitch.testing.CoroutineTest;
import dev.backstitch.testing.CoroutineTests;

/** {@code async with} over the primitives of test_locks.py: test_pep492.py, LockTests. */
class HoldTest implements CoroutineTests {

    /** test_pep492.py::LockTests.test_context_manager_async_with. */
    @CoroutineTest
    @Async
    Coroutine<Void> should_be_held_for_the_block_by_every_primitive() {
        var lock = new Lock();
        await(milliseconds(10));
        try (var held = await(lock.hold())) {
            assertTrue(lock.isLocked());
            await(milliseconds(10));
            assertTrue(lock.isLocked());
        }
        assertFalse(lock.isLocked());

        var condition = new Condition();
        try (var held = await(condition.hold())) {
            assertTrue(condition.isLocked());
            await(milliseconds(10));
            assertTrue(condition.isLocked());
        }
        assertFalse(condition.isLocked());

        for (Semaphore semaphore : new Semaphore[] {new Semaphore(1), new BoundedSemaphore(1)}) {
            assertFalse(semaphore.isLocked());
            try (var held = await(semaphore.hold())) {
                assertTrue(semaphore.isLocked());
                await(milliseconds(10));
                assertTrue(semaphore.isLocked());
            }
            assertFalse(semaphore.isLocked());
        }
        return Coroutine.done();
    }
}
