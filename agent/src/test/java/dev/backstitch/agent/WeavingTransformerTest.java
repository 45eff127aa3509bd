package dev.backstitch.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeavingTransformerTest {

    @ParameterizedTest
    @CsvSource({
        "dev/backstitch/Gen, true",
        "dev/backstitch/loop/Tasks, true",
        "dev/backstitch/sync/Lock, true",
        "dev/backstitch/testing/VirtualClock, true",
        "dev/backstitch/annotations/Async, true",
        "dev/backstitch/agent/Premain, true",
        "dev/backstitch/agent/shaded/engine/Weaver, true",
        "dev/backstitch/engine/Weaver, true",
        "dev/backstitch/examples/Crawler, false",
        "dev/backstitch/tests/agent/AgentForkTest, false",
        "dev/backstitcher/Gen, false",
        "com/acme/Main, false"
    })
    void should_leave_alone_only_the_runtime_and_the_tools(String name, boolean ours) {
        assertEquals(ours, WeavingTransformer.isOurs(name));
    }
}
