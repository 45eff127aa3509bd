package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Unwoven {
    @Generator static Gen<Integer> one() {
        Gen.yield(1);
        return Gen.end();
    }
}
