package dev.backstitch.tests.structured;

import static dev.backstitch.loop.ExceptionGroup.on;
import static dev.backstitch.tests.structured.Groups.group;
import static dev.backstitch.tests.structured.Groups.os;
import static dev.backstitch.tests.structured.Groups.shape;
import static dev.backstitch.tests.structured.Groups.t;
import static dev.backstitch.tests.structured.Groups.v;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.loop.ExceptionGroup.Clause;
import dev.backstitch.tests.structured.Groups.BlockingIoError;
import dev.backstitch.tests.structured.Groups.OsError;
import dev.backstitch.tests.structured.Groups.SyntaxError;
import dev.backstitch.tests.structured.Groups.TypeError;
import dev.backstitch.tests.structured.Groups.ValueError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handling by type, with the tests of CPython's test_except_star.py: each names the class and method it comes from. */
class ExceptStarTest {
    /** The shapes of what handlers got. */
    private final List<String> handled = new ArrayList<>();

    private Clause noting(Class<? extends Throwable> type) {
        return on(type, part -> handled.add(shape(part)));
    }

    private Clause rethrowing(Class<? extends Throwable> type) {
        return on(type, part -> {
            handled.add(shape(part));
            throw part;
        });
    }

    private Clause throwing(Class<? extends Throwable> type, RuntimeException e) {
        return on(type, part -> {
            handled.add(shape(part));
            throw e;
        });
    }

    /** What is thrown on; null when nothing is. */
    private static Throwable left(Throwable thrown, Clause... clauses) {
        try {
            ExceptionGroup.handle(thrown, clauses);
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    private void assertHandled(Throwable thrown, Class<? extends Throwable> type, String match, String rest) {
        handled.clear();
        assertEquals(rest, shape(left(thrown, noting(type))));
        assertEquals(match == null ? List.of() : List.of(match), handled);
    }

    /** TestInvalidExceptStar: {@code except*} of a group is a TypeError, test_except_star_ExceptionGroup_is_runtime_error_single, _tuple. */
    @Test
    void should_refuse_a_clause_for_groups() {
        assertThrows(IllegalArgumentException.class, () -> on(ExceptionGroup.class, part -> {}));
        assertThrows(
                IllegalArgumentException.class,
                () -> on(List.of(ValueError.class, ExceptionGroupTest.MyGroup.class), part -> {}));
    }

    /** TestExceptStarSplitSemantics.test_no_match_single_type. */
    @Test
    void should_throw_the_group_as_it_is_when_nothing_matches() {
        ExceptionGroup eg = group("test1", v("V"), t("T"));
        assertSame(eg, left(eg, noting(SyntaxError.class)));
        assertEquals(List.of(), handled);
    }

    /** test_match_single_type. */
    @Test
    void should_return_when_all_was_handled() {
        assertHandled(group("test2", v("V1"), v("V2")), ValueError.class,
                "test2[ValueError V1, ValueError V2]", "none");
    }

    /** test_match_single_type_partial_match. */
    @Test
    void should_throw_what_is_left_when_a_part_was_handled() {
        assertHandled(group("test3", v("V1"), os("OS"), v("V2")), ValueError.class,
                "test3[ValueError V1, ValueError V2]", "test3[OsError OS]");
    }

    /** test_match_single_type_nested and test_match_type_tuple_nested. */
    @Test
    void should_keep_the_structure_on_both_sides() {
        ExceptionGroup eg = group("g1", v("V1"), os("OS1"), group("g2", os("OS2"), v("V2"), t("T")));
        assertHandled(eg, ValueError.class,
                "g1[ValueError V1, g2[ValueError V2]]", "g1[OsError OS1, g2[OsError OS2, TypeError T]]");
        handled.clear();
        Clause both = on(List.of(ValueError.class, TypeError.class), part -> handled.add(shape(part)));
        assertEquals("g1[OsError OS1, g2[OsError OS2]]", shape(left(eg, both)));
        assertEquals(List.of("g1[ValueError V1, g2[ValueError V2, TypeError T]]"), handled);
    }

    /** test_empty_groups_removed and test_singleton_groups_are_kept. */
    @Test
    void should_leave_out_groups_only_when_they_are_empty() {
        assertHandled(
                group("eg", group("i1", v("V1")), group("i2", v("V2"), t("T1")), group("i3", t("T2"))),
                TypeError.class,
                "eg[i2[TypeError T1], i3[TypeError T2]]",
                "eg[i1[ValueError V1], i2[ValueError V2]]");
        assertHandled(
                group("j1", group("j2", group("j3", v("V1")), group("j4", t("T")))),
                TypeError.class,
                "j1[j2[j4[TypeError T]]]",
                "j1[j2[j3[ValueError V1]]]");
    }

    /** test_naked_exception_matched_wrapped1 and test_naked_exception_matched_wrapped2. */
    @Test
    void should_wrap_an_exception_when_it_is_no_group() {
        assertHandled(v("V"), ValueError.class, "[ValueError V]", "none");
        assertHandled(v("V"), Exception.class, "[ValueError V]", "none");
    }

    /** test_exception_group_except_star_Exception_not_wrapped. */
    @Test
    void should_not_wrap_a_group_when_its_own_type_matches() {
        ExceptionGroup eg = group("eg", v("V"));
        List<Throwable> got = new ArrayList<>();
        ExceptionGroup.handle(eg, on(Exception.class, got::add));
        assertSame(eg, got.get(0));
    }

    /** test_plain_exception_not_matched. */
    @Test
    void should_throw_a_plain_exception_as_it_is_when_it_does_not_match() {
        ValueError e = v("V");
        assertSame(e, left(e, noting(TypeError.class)));
    }

    /** test_match__supertype. */
    @Test
    void should_match_subtypes() {
        assertHandled(group("st", new BlockingIoError("io"), t("T")), OsError.class,
                "st[BlockingIoError io]", "st[TypeError T]");
    }

    /** test_multiple_matches_named. */
    @Test
    void should_give_each_clause_its_part() {
        ExceptionGroup.handle(
                group("mmn", os("os"), new BlockingIoError("io")),
                noting(BlockingIoError.class),
                noting(OsError.class));
        assertEquals(List.of("mmn[BlockingIoError io]", "mmn[OsError os]"), handled);
    }

    /** test_first_match_wins_named. */
    @Test
    void should_give_an_exception_to_the_first_clause_that_matches() {
        ExceptionGroup.handle(
                group("fst", new BlockingIoError("io")), noting(OsError.class), noting(BlockingIoError.class));
        assertEquals(List.of("fst[BlockingIoError io]"), handled);
    }

    /** test_nested_except_stars. */
    @Test
    void should_handle_while_it_handles() {
        ExceptionGroup.handle(group("n", new BlockingIoError("io")), on(BlockingIoError.class, part -> {
            ExceptionGroup.handle(group("n", v("io")), noting(ValueError.class));
            handled.add(shape(part));
        }));
        assertEquals(List.of("n[ValueError io]", "n[BlockingIoError io]"), handled);
    }

    /** test_nested_in_loop. */
    @Test
    void should_handle_in_each_turn_of_a_loop() {
        for (int i = 0; i < 2; i++) {
            ExceptionGroup.handle(group("nl", new BlockingIoError("io")), noting(BlockingIoError.class));
        }
        assertEquals(List.of("nl[BlockingIoError io]", "nl[BlockingIoError io]"), handled);
    }

    private static ExceptionGroup three() {
        return group("eg", t(1), v(2), os(3));
    }

    /** TestExceptStarReraise.test_reraise_all_named. */
    @Test
    void should_put_rethrown_parts_back_where_they_were() {
        assertEquals(
                "eg[TypeError 1, ValueError 2, OsError 3]",
                shape(left(three(), rethrowing(TypeError.class), rethrowing(ValueError.class))));
    }

    /** test_reraise_some_handle_all_named, test_reraise_partial_handle_all_unnamed and _some_named. */
    @Test
    void should_throw_rethrown_parts_with_what_nobody_took() {
        assertEquals(
                "eg[TypeError 1, OsError 3]",
                shape(left(three(), rethrowing(TypeError.class), noting(ValueError.class))));
        assertEquals(
                "eg[TypeError 1]",
                shape(left(group("eg", t(1), v(2)), rethrowing(TypeError.class), noting(ValueError.class))));
    }

    /** The structure is that of what was thrown, whatever the order of the clauses. */
    @Test
    void should_put_rethrown_parts_of_nested_groups_back_where_they_were() {
        ExceptionGroup eg = group("eg", t(1), group("nested", v(2), t(3)), os(4));
        assertEquals(shape(eg), shape(left(eg, rethrowing(ValueError.class), rethrowing(TypeError.class))));
    }

    /** test_reraise_plain_exception_named. */
    @Test
    void should_throw_a_group_when_a_plain_exception_is_rethrown() {
        assertEquals("[ValueError 42]", shape(left(v(42), rethrowing(ValueError.class))));
    }

    /** TestExceptStarRaise.test_raise_named. */
    @Test
    void should_group_what_a_handler_throws_with_what_is_left() {
        ExceptionGroup orig = group("eg", v(1), os(2));
        Throwable exc = left(orig, throwing(OsError.class, t(3)));
        assertEquals("[TypeError 3, eg[ValueError 1]]", shape(exc));
        assertEquals(List.of("eg[OsError 2]"), handled);
        assertArrayEquals(orig.getStackTrace(), ((ExceptionGroup) exc).exceptions().get(1).getStackTrace());
    }

    /** TestExceptStarRaise.test_raise_handle_all_raise_one_named. */
    @Test
    void should_throw_what_the_only_handler_throws_as_it_is() {
        SyntaxError e = new SyntaxError(3);
        Clause both = on(List.of(TypeError.class, ValueError.class), part -> {
            throw e;
        });
        assertSame(e, left(group("eg", t(1), v(2)), both));
    }

    /** TestExceptStarRaise.test_raise_handle_all_raise_two_named. */
    @Test
    void should_group_what_two_handlers_throw() {
        assertEquals(
                "[SyntaxError 3, SyntaxError 4]",
                shape(left(
                        group("eg", t(1), v(2)),
                        throwing(TypeError.class, new SyntaxError(3)),
                        throwing(ValueError.class, new SyntaxError(4)))));
    }

    /**
     * TestExceptStarRaiseFrom.test_raise_named, TestExceptStarRaiseFrom.test_raise_handle_all_raise_one_named and
     * TestExceptStarRaiseFrom.test_raise_handle_all_raise_two_named: the cause is the handler's to give.
     */
    @Test
    void should_keep_the_cause_that_a_handler_gives() {
        Throwable exc = left(group("eg", v(1), os(2)), on(OsError.class, part -> {
            throw (TypeError) t(3).initCause(part);
        }));
        assertEquals("[TypeError 3, eg[ValueError 1]]", shape(exc));
        assertEquals("eg[OsError 2]", shape(((ExceptionGroup) exc).exceptions().get(0).getCause()));

        Clause both = on(List.of(TypeError.class, ValueError.class), part -> {
            throw (SyntaxError) new SyntaxError(3).initCause(part);
        });
        Throwable one = left(group("eg", t(1), v(2)), both);
        assertEquals("SyntaxError 3", shape(one));
        assertEquals("eg[TypeError 1, ValueError 2]", shape(one.getCause()));

        Throwable two = left(group("eg", t(1), v(2)), from(TypeError.class, 3), from(ValueError.class, 4));
        assertEquals("[SyntaxError 3, SyntaxError 4]", shape(two));
        assertEquals("eg[TypeError 1]", shape(((ExceptionGroup) two).exceptions().get(0).getCause()));
        assertEquals("eg[ValueError 2]", shape(((ExceptionGroup) two).exceptions().get(1).getCause()));
    }

    private static Clause from(Class<? extends Throwable> type, int number) {
        return on(type, part -> {
            throw (SyntaxError) new SyntaxError(number).initCause(part);
        });
    }

    /** TestExceptStarExceptionGroupSubclass.test_except_star_EG_subclass. */
    @Test
    void should_keep_the_type_of_the_group_when_it_derives() {
        var eg = new ExceptionGroupTest.Coded(
                "eg", List.of(v(1), new ExceptionGroupTest.Coded("nested", List.of(t(2)), 101)), 42);
        Throwable rest = left(eg, noting(ValueError.class));
        assertEquals(List.of("Coded:eg[ValueError 1]"), handled);
        assertEquals("Coded:eg[Coded:nested[TypeError 2]]", shape(rest));
    }

    /** As TestExceptStar_WeirdLeafExceptions: exceptions are told apart by identity. */
    static final class Equal extends RuntimeException {
        Equal(Object value) {
            super(String.valueOf(value));
        }

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException();
        }
    }

    /** TestExceptStar_WeirdLeafExceptions, all of its methods. */
    @Test
    void should_not_ask_exceptions_whether_they_are_equal() {
        assertHandled(group("eg", t(1), new Equal(2)), Equal.class, "eg[Equal 2]", "eg[TypeError 1]");
        assertHandled(group("eg", t(1), new Equal(2)), TypeError.class, "eg[TypeError 1]", "eg[Equal 2]");
        assertHandled(group("eg", t(1), new Equal(2)), OsError.class, null, "eg[TypeError 1, Equal 2]");
        assertHandled(group("eg", t(1), new Equal(2)), Exception.class, "eg[TypeError 1, Equal 2]", "none");
        assertEquals(
                "eg[Equal 2, ValueError 3]",
                shape(left(group("eg", t(1), new Equal(2), v(3)), noting(TypeError.class), rethrowing(Equal.class))));
    }

    /** TestExceptStar_WeirdExceptionGroupSubclass.test_reraise_unhashable_eg. */
    static final class EqualGroup extends ExceptionGroup {
        EqualGroup(String message, List<Throwable> members) {
            super(message, members);
        }

        @Override
        protected ExceptionGroup derive(List<Throwable> members) {
            return new EqualGroup(message(), members);
        }

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException();
        }
    }

    /** TestExceptStar_WeirdExceptionGroupSubclass, all of its methods. */
    @Test
    void should_not_ask_groups_whether_they_are_equal() {
        var eg = new EqualGroup("eg", List.of(t(1), new EqualGroup("nested", List.of(v(2)))));
        assertHandled(eg, TypeError.class, "EqualGroup:eg[TypeError 1]", "EqualGroup:eg[EqualGroup:nested[ValueError 2]]");
        assertHandled(eg, OsError.class, null, shape(eg));
        assertHandled(eg, Exception.class, shape(eg), "none");
        var four = new EqualGroup("eg", List.of(t(1), v(2), new EqualGroup("nested", List.of(v(3), os(4)))));
        assertEquals(
                "EqualGroup:eg[TypeError 1, EqualGroup:nested[OsError 4]]",
                shape(left(four, noting(ValueError.class), rethrowing(OsError.class))));
    }

    /** The short form of one clause. */
    @Test
    void should_throw_what_is_left_when_asked_for_one_type() {
        ExceptionGroup eg = three();
        assertEquals("eg[TypeError 1, OsError 3]", shape(assertThrows(
                ExceptionGroup.class, () -> eg.handle(ValueError.class, part -> handled.add(shape(part))))));
        assertEquals(List.of("eg[ValueError 2]"), handled);
    }
}
