package dev.backstitch;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A subscriber that is pulled: each {@link #request} asks the publisher for one element and gives a future of it. At
 * most one request is open. Signals may come from any thread; futures complete on it, outside the lock.
 */
final class PublisherPull<Y> implements Flow.Subscriber<Y> {

    /** An element; the end of the publisher is null instead. */
    record Element<Y>(Y value) {}

    private Flow.Subscription subscription;
    private CompletableFuture<Element<Y>> open;
    /** What the end has been: a failed or completed future, given to every later request; null before the end. */
    private CompletableFuture<Element<Y>> end;
    private boolean cancelled;
    /** Whether the publisher has said that it is done, after which there is nothing to cancel. */
    private boolean ended;

    /** Asks for an element: a future of it, of null at the end, or of the publisher's failure. */
    CompletableFuture<Element<Y>> request() {
        CompletableFuture<Element<Y>> asked;
        Flow.Subscription to;
        synchronized (this) {
            if (end != null) {
                return end;
            }
            asked = new CompletableFuture<>();
            open = asked;
            to = subscription;
        }
        if (to != null) {
            to.request(1);
        }
        return asked;
    }

    /** Ends the subscription, now or, where the publisher has not answered yet, as soon as it does. */
    void cancel() {
        Flow.Subscription to;
        synchronized (this) {
            cancelled = true;
            open = null;
            to = ended ? null : subscription;
        }
        if (to != null) {
            to.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        boolean wanted;
        boolean asked;
        synchronized (this) {
            wanted = subscription == null && !cancelled;
            if (wanted) {
                subscription = given;
            }
            asked = open != null;
        }
        if (!wanted) {
            given.cancel();
        } else if (asked) {
            given.request(1);
        }
    }

    @Override
    public void onNext(Y value) {
        Objects.requireNonNull(value, "value");
        CompletableFuture<Element<Y>> asked;
        synchronized (this) {
            asked = open;
            open = null;
            if (asked == null && end == null && !cancelled) {
                end = CompletableFuture.failedFuture(
                        new IllegalStateException("the publisher sent more than was requested: " + value));
            }
        }
        if (asked != null) {
            asked.complete(new Element<>(value));
        }
    }

    @Override
    public void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        end(CompletableFuture.failedFuture(failure));
    }

    @Override
    public void onComplete() {
        end(CompletableFuture.completedFuture(null));
    }

    private void end(CompletableFuture<Element<Y>> outcome) {
        CompletableFuture<Element<Y>> asked;
        synchronized (this) {
            ended = true;
            if (end != null) {
                return;
            }
            end = outcome;
            asked = open;
            open = null;
        }
        if (asked != null) {
            outcome.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    asked.complete(null);
                } else {
                    asked.completeExceptionally(failure);
                }
            });
        }
    }
}
