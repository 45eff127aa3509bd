package dev.backstitch.tests.races;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short, fixed part of the races; {@link LongRaceRun} is the long one. */
class RacesTest {
    private static final int TIMES = 150;

    @ParameterizedTest
    @EnumSource
    void should_lose_nothing_and_do_nothing_twice_when_threads_meet(Races race) throws Exception {
        try (Racers racers = new Racers(race.ordinal())) {
            for (int i = 0; i < TIMES; i++) {
                race.run(racers);
            }
        }
    }
}
