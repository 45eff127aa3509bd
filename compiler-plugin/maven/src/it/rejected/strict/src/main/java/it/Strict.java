package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Strict {
    @Async static Coroutine<Integer> waits(java.util.concurrent.Future<Integer> f) throws Exception {
        Coroutine.await(Coroutine.done());
        f.get(); waits(f);
        return Coroutine.of(1);
    }
}
