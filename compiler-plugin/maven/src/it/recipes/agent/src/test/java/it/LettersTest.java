package it;

import static org.junit.jupiter.api.Assertions.*;

import dev.backstitch.*;
import dev.backstitch.annotations.*;
import java.util.List;
import org.junit.jupiter.api.Test;

class LettersTest {
    @Test void should_suspend_when_run() {
        assertEquals(List.of("a", "b"), Letters.letters().stream().toList());
    }
    @Test void should_suspend_when_the_test_itself_is_rewritten() {
        assertEquals(List.of(1, 2), numbers().stream().toList());
    }
    @Generator static Gen<Integer> numbers() {
        Gen.yield(1);
        Gen.yield(2);
        return Gen.end();
    }
}
