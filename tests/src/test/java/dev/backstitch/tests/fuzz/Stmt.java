package dev.backstitch.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A statement. Its {@code site} is its name in traces, in Python and in Java. */
sealed interface Stmt {
    int site();

    /** Logs the value. */
    record Log(int site, Expr value) implements Stmt {}

    /** {@code v = value}. */
    record Assign(int site, Expr value) implements Stmt {}

    /** {@code if value % modulus == remainder: then else: otherwise}. */
    record If(int site, Expr value, int modulus, int remainder, List<Stmt> then, List<Stmt> otherwise) implements Stmt {}

    /** {@code for i in range(times): body else: otherwise}. */
    record Loop(int site, int times, List<Stmt> body, List<Stmt> otherwise) implements Stmt {}

    /**
     * {@code for i in f(argument): body}, asynchronous if the function is an asynchronous generator.
     *
     * @param filter if not null, it iterates {@code (h(x, 2, 1) for x in f(argument) if x % 3 != 0)}, a generator expression
     */
    record Each(int site, int function, Program.Kind kind, Expr argument, Filter filter, List<Stmt> body) implements Stmt {
        /** Whether it is an {@code async for}. */
        boolean isAsynchronous() {
            return kind == Program.Kind.ASYNC_GENERATOR || filter != null && filter.awaits;
        }
    }

    /** Of a generator expression: what its element is, and whether it awaits to tell. */
    record Filter(int modulus, boolean awaits) {}

    /**
     * {@code v = num(sum([element for x in f(argument) if condition % modulus == 0]))}, asynchronous if the function is.
     *
     * @param modulus 0 if there is no condition
     * @param twice whether {@code for y in twice(x)} is inside, which changes nothing but the number of elements
     */
    record Comprehension(int site, int function, Program.Kind kind, Expr argument, Expr element, Expr condition, int modulus,
            boolean twice) implements Stmt {}

    /**
     * {@code switch (value % cases)}; the last block is the default's.
     *
     * @param falls whether each case falls through into the next one
     */
    record Switch(int site, Expr value, boolean falls, List<List<Stmt>> cases) implements Stmt {}

    /** {@code break} or {@code continue}; only the last statement of an If's branch. */
    record Leave(int site, boolean breaks) implements Stmt {}

    /** {@code break} or {@code continue} of the loop around the innermost one; only the last statement of an If's branch. */
    record LeaveOuter(int site, boolean breaks) implements Stmt {}

    /** {@code return v}; only the last statement of an If's branch. */
    record Return(int site) implements Stmt {}

    /** {@code return await f(argument)}; as {@link Return}, in a coroutine. In Java a tail call, where nothing follows it. */
    record TailAwait(int site, int function, Expr argument) implements Stmt {}

    /** {@code raise exception(site)}; only the last statement of an If's branch. */
    record Raise(int site, String exception) implements Stmt {}

    /** {@code raise} of what the innermost handler caught; only the last statement of an If's branch. */
    record Reraise(int site) implements Stmt {}

    /** {@code try: body except …: … else: otherwise finally: ending}; empty parts are left out. */
    record Try(int site, List<Stmt> body, List<Handler> handlers, List<Stmt> otherwise, List<Stmt> ending)
            implements Stmt {}

    /** {@code async with resource(site, policy): body}; the policy says how its exit answers. */
    record With(int site, int policy, List<Stmt> body) implements Stmt {}

    /** Logs how the running object answers being resumed. */
    record Reenter(int site) implements Stmt {}

    /** {@code except exception as e: body}. */
    record Handler(int site, String exception, List<Stmt> body) {}

    /** The blocks directly inside this statement. */
    default List<List<Stmt>> blocks() {
        if (this instanceof If s) {
            return List.of(s.then, s.otherwise);
        }
        if (this instanceof Loop s) {
            return List.of(s.body, s.otherwise);
        }
        if (this instanceof Each s) {
            return List.of(s.body);
        }
        if (this instanceof With s) {
            return List.of(s.body);
        }
        if (this instanceof Switch s) {
            return s.cases;
        }
        if (this instanceof Try s) {
            List<List<Stmt>> blocks = new ArrayList<>();
            blocks.add(s.body);
            s.handlers.forEach(h -> blocks.add(h.body));
            blocks.add(s.otherwise);
            blocks.add(s.ending);
            return blocks;
        }
        return List.of();
    }

    /** The same statement with other blocks, in the order of {@link #blocks}. */
    default Stmt with(List<List<Stmt>> blocks) {
        if (this instanceof If s) {
            return new If(s.site, s.value, s.modulus, s.remainder, blocks.get(0), blocks.get(1));
        }
        if (this instanceof Loop s) {
            return new Loop(s.site, s.times, blocks.get(0), blocks.get(1));
        }
        if (this instanceof Each s) {
            return new Each(s.site, s.function, s.kind, s.argument, s.filter, blocks.get(0));
        }
        if (this instanceof Switch s) {
            return new Switch(s.site, s.value, s.falls, List.copyOf(blocks));
        }
        if (this instanceof With s) {
            return new With(s.site, s.policy, blocks.get(0));
        }
        if (this instanceof Try s) {
            List<Handler> handlers = new ArrayList<>();
            for (int i = 0; i < s.handlers.size(); i++) {
                Handler h = s.handlers.get(i);
                handlers.add(new Handler(h.site, h.exception, blocks.get(i + 1)));
            }
            return new Try(s.site, blocks.get(0), handlers, blocks.get(blocks.size() - 2), blocks.get(blocks.size() - 1));
        }
        return this;
    }

    /** The expressions directly in this statement. */
    default Stream<Expr> expressions() {
        if (this instanceof Log s) {
            return Stream.of(s.value);
        }
        if (this instanceof Assign s) {
            return Stream.of(s.value);
        }
        if (this instanceof If s) {
            return Stream.of(s.value);
        }
        if (this instanceof Each s) {
            return Stream.of(s.argument);
        }
        if (this instanceof TailAwait s) {
            return Stream.of(s.argument);
        }
        if (this instanceof Comprehension s) {
            return s.condition == null ? Stream.of(s.argument, s.element) : Stream.of(s.argument, s.element, s.condition);
        }
        if (this instanceof Switch s) {
            return Stream.of(s.value);
        }
        return Stream.of();
    }

    /** All statements of {@code block}, however deep. */
    static Stream<Stmt> all(List<Stmt> block) {
        return block.stream().flatMap(s -> Stream.concat(Stream.of(s), s.blocks().stream().flatMap(Stmt::all)));
    }
}
