package dev.backstitch.tests.fuzz;

import java.util.stream.Stream;

/** An expression of an {@code int} from 0 to 1023. Operands are evaluated from left to right, as in Python and in Java. */
sealed interface Expr {

    /** The local {@code v}. */
    record Local() implements Expr {}

    /** The variable of the comprehension around it. */
    record Item() implements Expr {}

    record Constant(int value) implements Expr {}

    /** {@code (left op right) & 1023}; op is one of {@code + * ^}. */
    record Binary(char op, Expr left, Expr right) implements Expr {}

    /** A call of three arguments: the first is on the stack while the second suspends. */
    record Call(Expr first, Expr second, Expr third) implements Expr {}

    /** {@code then if v % 2 == 0 else otherwise}. */
    record Choice(Expr then, Expr otherwise) implements Expr {}

    /** The length of the text {@code left-right}, by string concatenation. */
    record Text(Expr left, Expr right) implements Expr {}

    /** {@code yield value}: what is sent. */
    record Yield(Expr value) implements Expr {}

    /** Awaits an awaitable that hands {@code value} to the driver and gives what is sent. */
    record Request(Expr value, boolean primitive) implements Expr {}

    /** Awaits what may be done already; in Java a {@code CompletableFuture}. */
    record Gate(Expr value) implements Expr {}

    /** {@code yield from f(argument)}. */
    record YieldFrom(int function, Expr argument) implements Expr {}

    /** {@code await f(argument)}. */
    record Await(int function, Expr argument) implements Expr {}

    /** {@code yield from} an iterator that is no generator. */
    record YieldFromList(Expr argument) implements Expr {}

    /** {@code yield from (h(x, factor, 1) for x in f(argument) if x % modulus != 0)}: a generator expression. */
    record YieldFromEach(int function, Expr argument, int modulus, int factor) implements Expr {}

    default Stream<Expr> operands() {
        if (this instanceof Binary e) {
            return Stream.of(e.left, e.right);
        }
        if (this instanceof Call e) {
            return Stream.of(e.first, e.second, e.third);
        }
        if (this instanceof Choice e) {
            return Stream.of(e.then, e.otherwise);
        }
        if (this instanceof Text e) {
            return Stream.of(e.left, e.right);
        }
        if (this instanceof Yield e) {
            return Stream.of(e.value);
        }
        if (this instanceof Request e) {
            return Stream.of(e.value);
        }
        if (this instanceof Gate e) {
            return Stream.of(e.value);
        }
        if (this instanceof YieldFromEach e) {
            return Stream.of(e.argument);
        }
        if (this instanceof YieldFrom e) {
            return Stream.of(e.argument);
        }
        if (this instanceof Await e) {
            return Stream.of(e.argument);
        }
        if (this instanceof YieldFromList e) {
            return Stream.of(e.argument);
        }
        return Stream.of();
    }

    /** This and all its operands, however deep. */
    default Stream<Expr> all() {
        return Stream.concat(Stream.of(this), operands().flatMap(Expr::all));
    }
}
