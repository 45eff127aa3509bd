package it;

import dev.backstitch.*;
import dev.backstitch.annotations.*;

public class Letters {
    @Generator public static Gen<String> letters() {
        Gen.yield("a");
        Gen.yield("b");
        return Gen.end();
    }
}
