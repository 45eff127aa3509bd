package dev.backstitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The test kit of Reactive Streams over the subscriber behind {@code AsyncGen.from(publisher)}. */
class PublisherPullRulesTest {

    @Test
    void should_follow_every_rule_for_subscribers_of_reactive_streams() {
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
        assertTrue(results.getPassedTests().size() > 10, "passed: " + results.getPassedTests().size());
    }

    /** Made by TestNG. */
    public static final class Rules extends FlowSubscriberBlackboxVerification<Integer> {
        public Rules() {
            super(new TestEnvironment());
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            return new PublisherPull<>();
        }

        @Override
        public void triggerFlowRequest(Flow.Subscriber<? super Integer> subscriber) {
            ((PublisherPull<?>) subscriber).request();
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }
}
