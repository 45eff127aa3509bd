package it;

import static org.junit.jupiter.api.Assertions.*;

import dev.backstitch.*;
import dev.backstitch.annotations.*;
import dev.backstitch.loop.EventLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumsTest {
    @Test void should_sum_when_run() throws Exception {
        assertEquals(55, EventLoop.run(Sums.sum(10)));
    }
    @Test void should_suspend_when_the_test_itself_is_rewritten() {
        assertEquals(List.of("a", "b"), letters().stream().toList());
    }
    @Generator static Gen<String> letters() {
        Gen.yield("a");
        Gen.yield("b");
        return Gen.end();
    }
}
