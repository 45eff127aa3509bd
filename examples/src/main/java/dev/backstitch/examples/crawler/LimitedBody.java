package dev.backstitch.examples.crawler;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads a body up to a limit, and then closes the connection: a link may lead to a film. What is not a page is counted and
 * dropped. Called by the HTTP client's threads, one call at a time.
 */
final class LimitedBody implements BodySubscriber<LimitedBody.Content> {

    /** As in {@link Response}. */
    record Content(byte[] body, long bytes, boolean truncated) {}

    private final int limit;
    private final boolean keep;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Content> done = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private long bytes;

    LimitedBody(int limit, boolean keep) {
        this.limit = limit;
        this.keep = keep;
    }

    @Override
    public CompletionStage<Content> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (done.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[(int) Math.min(buffer.remaining(), limit - bytes)];
            boolean more = buffer.remaining() > part.length;
            buffer.get(part);
            bytes += part.length;
            if (keep) {
                kept.write(part, 0, part.length);
            }
            if (more) {
                done.complete(new Content(kept.toByteArray(), bytes, true));
                subscription.cancel();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete(new Content(kept.toByteArray(), bytes, false));
    }
}
