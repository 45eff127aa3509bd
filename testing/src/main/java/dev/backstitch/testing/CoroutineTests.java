package dev.backstitch.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit Jupiter test class whose tests are coroutines:
 *
 * <pre>{@code
 * class StockTest implements CoroutineTests {
 *     @CoroutineTest(shuffled = 100)
 *     @Async Coroutine<Void> should_serve_all_when_many_come_at_once() {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Jupiter's own annotations ask for methods that return nothing; so each method that {@link CoroutineTest} marks becomes
 * a dynamic test of the factory that is inherited from here. Other test methods may stand beside them, with a
 * {@link TestLoop} of their own. The test class must
 * be rewritten, like all code that awaits.
 */
@ExtendWith({CoroutineTestsExtension.class, TestLoopExtension.class})
public interface CoroutineTests {
    /** The tests, in the order of the methods' names. Called by Jupiter. */
    @TestFactory
    default Stream<DynamicTest> coroutines(CoroutineTestClass tests) {
        return tests.stream();
    }
}
