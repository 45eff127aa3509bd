package dev.backstitch.tests.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The test kit of Reactive Streams, which is written for TestNG, over a generator method that returns a publisher. */
class PublisherRulesTest {

    @Test
    void should_follow_every_rule_of_reactive_streams() {
        var results = new TestListenerAdapter();
        var kit = new TestNG(false);
        kit.setTestClasses(new Class<?>[] {Rules.class});
        kit.setVerbose(0);
        kit.addListener(results);

        kit.run();

        List<String> failed = new ArrayList<>();
        for (ITestResult result : results.getFailedTests()) {
            failed.add(result.getName() + ": " + result.getThrowable());
        }
        assertEquals(List.of(), failed);
        assertTrue(results.getPassedTests().size() > 25, "passed: " + results.getPassedTests().size());
    }

    /** Made by TestNG. */
    public static final class Rules extends FlowPublisherVerification<Integer> {
        public Rules() {
            super(new TestEnvironment());
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            return numbers(elements);
        }

        @Override
        public Flow.Publisher<Integer> createFailedFlowPublisher() {
            return null; // a body can fail no earlier than at the first request: the kit skips the rules that need it
        }

        @Async
        @Generator
        private static Flow.Publisher<Integer> numbers(long to) {
            for (long i = 0; i < to; i++) {
                Gen.yield((int) i);
            }
            return null;
        }
    }
}
