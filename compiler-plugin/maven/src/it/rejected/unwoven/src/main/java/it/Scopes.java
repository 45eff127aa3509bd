package it;

import dev.backstitch.Coroutine;
import dev.backstitch.loop.TaskGroup;
import java.util.function.Supplier;

/** All that suspends is the end of a resource, and only the class path of the project tells. */
public class Scopes {
    static final Supplier<Coroutine<Void>> SCOPE = () -> {
        try (TaskGroup group = TaskGroup.open()) {
            group.spawn(Coroutine.done());
        }
        return Coroutine.done();
    };
}
