package dev.backstitch.tests.races;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short, fixed part of the races; {@link LongRaceRun} is the long one. */
class RacesTest {
    private static final int TIMES = 150;

    static List<Race> all() {
        return Race.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_lose_nothing_and_do_nothing_twice_when_threads_meet(Race race) throws Exception {
        try (Racers racers = new Racers(race.what().hashCode())) {
            for (int i = 0; i < TIMES; i++) {
                race.run(racers);
            }
        }
    }
}
