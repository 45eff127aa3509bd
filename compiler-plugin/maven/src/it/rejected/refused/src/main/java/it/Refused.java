package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Refused {
    @Generator static Gen<Integer> locked() {
        synchronized (Refused.class) {
            Gen.yield(1);
        }
        return Gen.end();
    }
}
