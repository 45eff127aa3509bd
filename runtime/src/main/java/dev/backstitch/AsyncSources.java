package dev.backstitch;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Asynchronous generators of what is not one: the {@code from} methods of {@link AsyncGen}. */
final class AsyncSources {
    private AsyncSources() {}

    /** Closes {@code iterator} at its end or when closed, if it is a generator. */
    @Async
    @Generator
    static <Y> AsyncGen<Y> iterator(Iterator<? extends Y> iterator) {
        try {
            while (iterator.hasNext()) {
                Gen.yield(iterator.next());
            }
        } finally {
            if (iterator instanceof Gen<?> gen) {
                gen.close();
            }
        }
        return AsyncGen.end();
    }

    @Async
    @Generator
    static <Y> AsyncGen<Y> stream(Stream<? extends Y> stream) {
        try {
            Iterator<? extends Y> iterator = stream.iterator();
            while (iterator.hasNext()) {
                Gen.yield(iterator.next());
            }
        } finally {
            stream.close();
        }
        return AsyncGen.end();
    }

    /** Subscribes when it is first pulled and asks for one element at a time, when that is pulled. */
    @Async
    @Generator
    static <Y> AsyncGen<Y> publisher(Flow.Publisher<? extends Y> publisher) {
        var pull = new PublisherPull<Y>();
        try {
            publisher.subscribe(pull);
            for (;;) {
                PublisherPull.Element<Y> element = await(pull.request());
                if (element == null) {
                    break;
                }
                Gen.yield(element.value());
            }
        } finally {
            pull.cancel();
        }
        return AsyncGen.end();
    }
}
