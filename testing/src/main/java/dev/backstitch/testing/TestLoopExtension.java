package dev.backstitch.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * For JUnit Jupiter's ordinary test methods: gives each one that asks for it, and its {@code @BeforeEach} and
 * {@code @AfterEach} methods, one {@link TestLoop} (or its {@link dev.backstitch.loop.EventLoop} or {@link VirtualClock}),
 * and closes it at the end. The system property {@code backstitch.order} says in which order it runs.
 *
 * <pre>{@code
 * @ExtendWith(TestLoopExtension.class)
 * class StockTest {
 *     @Test void should_be_empty_when_new(TestLoop loop) {
 *         assertEquals(0, loop.runUntilComplete(stock.count()));
 *     }
 * }
 * }</pre>
 */
public final class TestLoopExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace LOOPS = ExtensionContext.Namespace.create(TestLoopExtension.class);

    /** Made by Jupiter. */
    public TestLoopExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.knows(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestLoop loop = context.getStore(LOOPS).computeIfAbsent(
                TestLoop.class, key -> new TestLoop(Order.of(System.getProperty(Interleavings.ONLY, "fifo"))), TestLoop.class);
        return Parameters.of(loop, parameter.getParameter().getType());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestLoop loop = context.getStore(LOOPS).remove(TestLoop.class, TestLoop.class);
        if (loop == null) {
            return;
        }
        Throwable failure = context.getExecutionException().orElse(null);
        if (failure == null) {
            loop.close();
        } else {
            loop.closeAfter(failure);
        }
    }
}
