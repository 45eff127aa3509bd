package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Sums {
    @Async public static Coroutine<Integer> sum(int n) throws Exception {
        int sum = 0;
        for (int i : Numbers.upTo(n)) { sum += Coroutine.await(Numbers.slowly(Coroutine.of(i))); }
        return Coroutine.of(sum);
    }
}
