package dev.backstitch.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.tests.harness.TargetSource.Assertion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The assertions in comments. */
class TargetSourceTest {
    @Test
    void should_read_an_assertion_when_the_comment_is_a_call() {
        assertEquals(
                List.of(new Assertion(7, "rejected", "BST-201")),
                TargetSource.parse(7, "    await(x); // rejected(\"BST-201\")"));
    }

    @Test
    void should_read_every_assertion_of_a_line() {
        assertEquals(
                List.of(new Assertion(1, "logs", "a, b(c)"), new Assertion(1, "rejected", "BST-1")),
                TargetSource.parse(1, "f(); // logs(\"a, b(c)\") rejected(\"BST-1\")"));
    }

    @Test
    void should_read_nothing_when_the_comment_is_prose() {
        assertEquals(List.of(), TargetSource.parse(1, "f(); // calls the other one (twice)"));
        assertEquals(List.of(), TargetSource.parse(1, "f(\"rejected\");"));
        assertEquals(List.of(), TargetSource.parse(1, "f(); //"));
    }

    @Test
    void should_refuse_an_unknown_or_empty_assertion() {
        assertThrows(IllegalArgumentException.class, () -> TargetSource.parse(1, "f(); // rejects(\"BST-201\")"));
        assertThrows(IllegalArgumentException.class, () -> TargetSource.parse(1, "f(); // rejected()"));
    }
}
