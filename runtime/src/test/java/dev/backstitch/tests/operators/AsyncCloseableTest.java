package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.Coroutine;
import dev.backstitch.NotWovenError;
import org.junit.jupiter.api.Test;

class AsyncCloseableTest {

    @Test
    void should_name_the_class_when_closed_by_code_that_was_not_rewritten() {
        AsyncCloseable resource = failure -> Coroutine.of(false);
        AutoCloseable unknown = resource; // of this type, the rewriter leaves it alone

        var error = assertThrows(NotWovenError.class, () -> unknown.close());

        assertTrue(error.getMessage().contains("BST-101 AsyncCloseable.close"), error.getMessage());
        assertTrue(error.getMessage().contains(AsyncCloseableTest.class.getName()), error.getMessage());
    }
}
