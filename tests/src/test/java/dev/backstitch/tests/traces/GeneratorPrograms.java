package dev.backstitch.tests.traces;

import static dev.backstitch.tests.traces.Rig.note;

import dev.backstitch.Gen;
import dev.backstitch.GeneratorExit;
import dev.backstitch.StopIteration;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.traces.Rig.Oops;
import dev.backstitch.tests.traces.Rig.Other;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The twin of {@code generators.py}: the same functions, and the same labels on the lines that show up in traces. */
final class GeneratorPrograms {
    private GeneratorPrograms() {}

    @Generator
    static Gen<Integer> simple() {
        Gen.yield(1);
        throw new Oops(); // @simple
    }

    @Generator
    static Gen<Integer> outer() {
        Gen.yield(0);
        Gen.yieldFrom(simple()); // @outer
        return Gen.end();
    }

    @Generator
    static Gen<Integer> outermost() {
        Gen.yieldFrom(outer()); // @outermost
        return Gen.end();
    }

    @Program
    static void direct() {
        for (int ignored : simple()) { // @direct
        }
    }

    @Generator
    static Gen<Integer> atOnce() {
        if (true) {
            throw new Oops(); // @at-once
        }
        Gen.yield(null);
        return Gen.end();
    }

    @Program
    static void firstStep() {
        atOnce().next(); // @first-step
    }

    @Program
    static void yieldFromOnce() {
        for (int ignored : outer()) { // @once
        }
    }

    @Program
    static void yieldFromTwice() {
        for (int ignored : outermost()) { // @twice
        }
    }

    @Program
    static void pulledByNext() {
        Gen<Integer> gen = outermost();
        gen.next();
        gen.next();
        gen.next(); // @third-next
    }

    @Program
    static void pulledBySend() {
        Gen<Integer> gen = outermost();
        gen.send(null);
        gen.send(1);
        gen.send(2); // @third-send
    }

    @Generator
    static Gen<Integer> doubled(Gen<Integer> source) {
        for (int x : source) { // @doubled
            Gen.yield(2 * x);
        }
        return Gen.end();
    }

    @Program
    static void pipeline() {
        for (int ignored : doubled(doubled(outer()))) { // @pipeline
        }
    }

    static int helper(int x) {
        return check(x) + 1; // @helper
    }

    static int check(int x) {
        if (x > 1) {
            throw new Oops(); // @check
        }
        return x;
    }

    @Generator
    static Gen<Integer> calls() {
        Gen.yield(helper(1));
        Gen.yield(helper(2)); // @calls
        return Gen.end();
    }

    @Generator
    static Gen<Integer> calling() {
        Gen.yieldFrom(calls()); // @calling
        return Gen.end();
    }

    @Program
    static void plainFunctionsBelow() {
        for (int ignored : calling()) { // @plain
        }
    }

    @Generator
    static Gen<Integer> walk(int depth) {
        Gen.yield(depth);
        if (depth == 3) {
            throw new Oops(); // @walk-end
        }
        Gen.yieldFrom(walk(depth + 1)); // @walk
        return Gen.end();
    }

    @Program
    static void recursion() {
        for (int ignored : walk(0)) { // @recursion
        }
    }

    @Generator
    static Gen<Integer> down(int depth) {
        if (depth == 0) {
            Gen.yield(depth);
            throw new Oops(); // @bottom
        }
        Gen.yieldFrom(down(depth - 1)); // @down
        return Gen.end();
    }

    @Program
    static void thousandDeep() {
        for (int ignored : down(1000)) { // @thousand
        }
    }

    @Generator
    static Gen<Integer> c() {
        Gen.yield(1); // @c
        return Gen.end();
    }

    @Generator
    static Gen<Integer> d() {
        Gen.yieldFrom(c()); // @d
        return Gen.end();
    }

    @Program
    static void thrownIn() {
        Gen<Integer> gen = d();
        gen.next();
        gen.raise(new Oops()); // @thrown-in
    }

    @Program
    static void exitThrownIn() {
        Gen<Integer> gen = outermost();
        gen.next();
        gen.next();
        gen.raise(new GeneratorExit()); // @exit-thrown
    }

    @Program
    static void thrownInDirectly() {
        Gen<Integer> gen = c();
        gen.next();
        gen.raise(new Oops()); // @thrown-directly
    }

    @Generator
    static Gen<Integer> patient() {
        try {
            Gen.yield(1); // @patient
        } catch (Oops e) {
            note(e);
            throw e;
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> impatient() {
        Gen.yieldFrom(patient()); // @impatient
        return Gen.end();
    }

    @Program
    static void thrownInNotedAndRaisedAgain() {
        Gen<Integer> gen = impatient();
        gen.next();
        gen.raise(new Oops()); // @noted-throw
    }

    @Generator
    static Gen<Integer> overIterator() {
        Gen.yieldFrom(List.of(1, 2).iterator()); // @over-iterator
        return Gen.end();
    }

    @Program
    static void thrownIntoAnIterator() {
        Gen<Integer> gen = overIterator();
        gen.next();
        gen.raise(new Oops()); // @into-iterator
    }

    static final class Faulty implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Object next() {
            throw new Oops(); // @faulty
        }
    }

    @Generator
    static Gen<Integer> overFaulty() {
        Gen.yieldFrom(new Faulty()); // @over-faulty
        return Gen.end();
    }

    @Program
    static void faultyIterator() {
        overFaulty().next(); // @faulty-iterator
    }

    @Generator
    static Gen<Integer> stops() {
        Gen.yield(1);
        throw new StopIteration(null);
    }

    @Generator
    static Gen<Integer> overStops() {
        Gen.yieldFrom(stops()); // @over-stops
        return Gen.end();
    }

    @Program
    static void stopIterationEscapes() {
        for (int ignored : overStops()) { // @escapes
        }
    }

    @Generator
    static Gen<Integer> stubborn() {
        try {
            Gen.yield(1);
        } catch (Throwable t) {
            Gen.yield(2);
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> overStubborn() {
        Gen.yieldFrom(stubborn()); // @over-stubborn
        return Gen.end();
    }

    @Program
    static void ignoredExit() {
        Gen<Integer> gen = overStubborn();
        gen.next();
        gen.close(); // @ignored
    }

    @Generator
    @SuppressWarnings("finally")
    static Gen<Integer> failsAtTheEnd() {
        try {
            Gen.yield(1);
        } finally {
            throw new Other(); // @at-the-end
        }
    }

    @Generator
    static Gen<Integer> overFails() {
        Gen.yieldFrom(failsAtTheEnd()); // @over-fails
        return Gen.end();
    }

    @Program
    static void raiseInFinallyOnClose() {
        Gen<Integer> gen = overFails();
        gen.next();
        gen.close(); // @close
    }

    @Program
    static void raiseInFinallyReplaces() {
        Gen<Integer> gen = overFails();
        gen.next();
        gen.raise(new Oops()); // @replaced
    }

    @Generator
    static Gen<Integer> keeps() {
        try {
            check(2); // @keeps
        } catch (Oops e) {
            Gen.yield(1);
            Gen.yield(2);
            throw e;
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> overKeeps() {
        Gen.yieldFrom(keeps()); // @over-keeps
        return Gen.end();
    }

    @Program
    static void raisedAgainAfterYields() {
        for (int ignored : overKeeps()) { // @again
        }
    }

    @Generator
    static Gen<Integer> middle() {
        try {
            Gen.yieldFrom(outer()); // @middle
        } catch (Oops e) {
            note(e);
            Gen.yield(10);
            throw new Other(e); // @middle-wrap
        }
        return Gen.end();
    }

    @Generator
    static Gen<Integer> top() {
        Gen.yieldFrom(middle()); // @top
        return Gen.end();
    }

    @Program
    static void caughtInTheMiddle() {
        for (int ignored : top()) { // @caught-middle
        }
    }

    @Generator
    static Gen<Integer> borrower(Gen<Integer> shared) {
        Gen.yieldFrom(shared); // @borrower
        return Gen.end();
    }

    @Program
    static void startedElsewhere() {
        Gen<Integer> shared = outer();
        shared.next();
        for (int ignored : borrower(shared)) { // @elsewhere
        }
    }

    @Generator
    static Gen<Integer> three() {
        Gen.yield(1);
        Gen.yield(2); // @three
        return Gen.end();
    }

    @Generator
    static Gen<Integer> thrower(Gen<Integer> shared) {
        Gen.yieldFrom(shared); // @thrower
        return Gen.end();
    }

    @Program
    static void thrownThroughABorrower() {
        Gen<Integer> shared = three();
        shared.next();
        Gen<Integer> gen = thrower(shared);
        gen.next();
        gen.raise(new Oops()); // @through-borrower
    }

    @Generator
    static Gen<Integer> after() {
        Gen.yieldFrom(c());
        throw new Oops(); // @after
    }

    @Generator
    static Gen<Integer> overAfter() {
        Gen.yieldFrom(after()); // @over-after
        return Gen.end();
    }

    @Program
    static void failsAfterTheDelegate() {
        for (int ignored : overAfter()) { // @fails-after
        }
    }

    @Program
    static void anonymous() {
        Supplier<Gen<Integer>> make = () -> {
            Gen.yield(helper(2)); // @lambda
            return Gen.end();
        };
        make.get().next(); // @anonymous
    }

    record Tree(int value, Tree left, Tree right) {
        @Generator
        Gen<Integer> walk() {
            if (left != null) {
                Gen.yieldFrom(left.walk()); // @left
            }
            if (value < 0) {
                throw new Oops(); // @negative
            }
            Gen.yield(value);
            if (right != null) {
                Gen.yieldFrom(right.walk()); // @right
            }
            return Gen.end();
        }
    }

    @Program
    static void tree() {
        Tree inner = new Tree(4, new Tree(-1, null, null), null);
        Tree broken = new Tree(5, new Tree(2, null, inner), new Tree(6, null, null));
        for (int ignored : broken.walk()) { // @tree
        }
    }

    @Generator
    static Gen<Integer> drives() {
        Gen<Integer> gen = outermost();
        Gen.yield(gen.next());
        Gen.yield(gen.next());
        Gen.yield(gen.next()); // @drives
        return Gen.end();
    }

    @Generator
    static Gen<Integer> overDrives() {
        Gen.yieldFrom(drives()); // @over-drives
        return Gen.end();
    }

    @Program
    static void drivenInsideAnother() {
        for (int ignored : overDrives()) { // @inside-another
        }
    }
}
