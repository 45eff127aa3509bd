package dev.backstitch.tests.fuzz;

import java.util.List;

/**
 * A random program: functions that call only later ones, and what is done to the first one's object.
 *
 * @param seed what it was made from; names it
 * @param functions the first is the root
 * @param operations done to the root's object, in this order
 */
record Program(long seed, List<Function> functions, List<Operation> operations) {

    /** What a function is. */
    enum Kind {
        GENERATOR,
        COROUTINE,
        ASYNC_GENERATOR
    }

    /**
     * One function, {@code f0}, {@code f1} and so on, with an {@code int} parameter and local {@code v}.
     *
     * @param form how it is spelled in Java
     */
    record Function(int number, Kind kind, Form form, List<Stmt> body) {
        String name() {
            return "f" + number;
        }
    }

    /** The kinds of Java method a function may be; Python knows one. */
    enum Form {
        STATIC,
        INSTANCE,
        INTERFACE_DEFAULT
    }

    Kind rootKind() {
        return functions.get(0).kind();
    }

    /**
     * Whether the twin on threads means the same. It cannot resume what is running, and nothing tells it which exception an
     * asynchronous resource is closed by.
     */
    boolean isForThreads() {
        return functions.stream().flatMap(f -> Stmt.all(f.body()))
                .noneMatch(s -> s instanceof Stmt.Reenter || s instanceof Stmt.With);
    }
}
