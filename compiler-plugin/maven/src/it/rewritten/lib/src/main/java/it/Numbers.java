package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Numbers {
    @Generator public static Gen<Integer> upTo(int n) {
        for (int i = 1; i <= n; i++) { Gen.yield(i); }
        return Gen.end();
    }
    @Async public static Coroutine<Integer> slowly(Coroutine<Integer> n) throws Exception {
            Thread.sleep(0);
        return Coroutine.of(Coroutine.await(n));
    }
}
