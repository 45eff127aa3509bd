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
     * @param type what it returns in Java
     */
    record Function(int number, Kind kind, Form form, Type type, List<Stmt> body) {
        String name() {
            return "f" + number;
        }

        Function with(List<Stmt> otherBody) {
            return new Function(number, kind, form, type, otherBody);
        }

        /** The same as the plainest method. */
        Function plain() {
            return new Function(number, kind, Form.STATIC, type, body);
        }
    }

    /** The kinds of Java method a function may be; Python knows one. */
    enum Form {
        STATIC,
        INSTANCE,
        INTERFACE_DEFAULT,
        /** Of a record, and with a captured value. */
        RECORD,
        /** Of an anonymous class inside a method, whose parameter it captures. */
        ANONYMOUS,
        /** Overrides a generic method, so that there is a bridge; its parameter is boxed. */
        BRIDGED,
        LAMBDA
    }

    /** What a function returns in Java. All but the plain one are called by other functions only. */
    enum Type {
        /** {@code Gen}, {@code Coroutine} or {@code AsyncGen}. */
        PLAIN,
        ITERATOR,
        ITERABLE,
        /** {@code PrimitiveIterator.OfInt}: ends without a result. */
        OF_INT,
        /** {@code CompletableFuture}: runs at once, not when it is awaited. */
        FUTURE,
        /** {@code CompletionStage}, likewise. */
        STAGE
    }

    Kind rootKind() {
        return functions.get(0).kind();
    }

    /** Whether it has an {@code async with}. */
    boolean hasResources() {
        return functions.stream().flatMap(f -> Stmt.all(f.body())).anyMatch(s -> s instanceof Stmt.With);
    }

    /** Whether a coroutine of it runs by itself: nobody then can hand it anything but the end of what it awaits. */
    boolean isHot() {
        return functions.stream().anyMatch(f -> f.type() == Type.FUTURE || f.type() == Type.STAGE);
    }
}
