package dev.backstitch.examples.crawler;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void should_keep_starts_apart_when_they_come_together() {
        var pace = new Pace(ofNanos(10));

        assertEquals(ZERO, pace.reserve(100));
        assertEquals(ofNanos(10), pace.reserve(100));
        assertEquals(ofNanos(15), pace.reserve(105));
        assertEquals(ZERO, pace.reserve(1000));
    }

    @Test
    void should_slow_down_but_never_speed_up() {
        var pace = new Pace(ofNanos(10));
        pace.slowDown(ofNanos(50));
        pace.slowDown(ofNanos(5));

        assertEquals(ZERO, pace.reserve(0));
        assertEquals(ofNanos(50), pace.reserve(0));
    }

    @Test
    void should_count_on_when_the_clock_overflows() {
        var pace = new Pace(ofNanos(10));

        assertEquals(ZERO, pace.reserve(Long.MAX_VALUE - 2));
        assertEquals(ofNanos(6), pace.reserve(Long.MIN_VALUE + 1));
    }

    @Test
    void should_double_the_pause_before_each_retry_up_to_half_a_minute() {
        CrawlOptions options = CrawlOptions.defaults();

        assertEquals(Duration.ofMillis(500), options.backoff(1));
        assertEquals(Duration.ofMillis(1000), options.backoff(2));
        assertEquals(Duration.ofSeconds(16), options.backoff(6));
        assertEquals(Duration.ofSeconds(30), options.backoff(7));
        assertEquals(Duration.ofSeconds(30), options.backoff(1000));
    }
}
