package dev.backstitch.tests.targets.classfile;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.annotations.Async;
import dev.backstitch.annotations.Generator;
import java.io.IOException;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Methods with everything that reflection can see. Never run. */
public class MetadataTarget implements Serializable, Comparable<MetadataTarget> {
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
    @interface Mark {
        String value();
    }

    static int field;

    @Mark("method")
    @Deprecated
    @Async
    protected final <T extends Comparable<? super T>, X extends Exception> Coroutine<Map<String, T[]>> generic(
            @Mark("first") T first, final int count, @Mark("third") List<? extends CompletionStage<T>> stages)
            throws X, IOException {
        T awaited = await(stages.get(count));
        return Coroutine.of(awaited == first ? null : Map.of());
    }

    @Generator
    private static Gen<@Mark("element") Integer> varargs(long wide, String... rest) {
        Gen.yield(rest[(int) wide]);
        return Gen.end();
    }

    @Override
    @Mark("untouched")
    public int compareTo(@Mark("other") MetadataTarget other) {
        return 0;
    }
}
