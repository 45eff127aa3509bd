package dev.backstitch.tests.structured;

import static dev.backstitch.tests.structured.Groups.group;
import static dev.backstitch.tests.structured.Groups.os;
import static dev.backstitch.tests.structured.Groups.shape;
import static dev.backstitch.tests.structured.Groups.t;
import static dev.backstitch.tests.structured.Groups.v;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.loop.ExceptionGroup;
import dev.backstitch.tests.structured.Groups.OsError;
import dev.backstitch.tests.structured.Groups.SyntaxError;
import dev.backstitch.tests.structured.Groups.TypeError;
import dev.backstitch.tests.structured.Groups.ValueError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** L12, with the tests of CPython's test_exception_group.py: each names the class and method it comes from. */
class ExceptionGroupTest {

    private static ExceptionGroup simple() {
        ValueError first = v(1);
        first.initCause(new IllegalStateException("cause of ValueError 1"));
        return group("simple eg", first, t("int"), v(2));
    }

    /** TestExceptionGroupTypeHierarchy.test_exception_group_types. */
    @Test
    void should_be_caught_as_an_exception() {
        assertThrows(RuntimeException.class, () -> {
            throw group("eg", v(1));
        });
    }

    /** BadConstructorArgs.test_bad_EG_construction__bad_message and __bad_excs_sequence. */
    @Test
    void should_refuse_to_be_made_when_there_is_no_message_or_no_exception() {
        assertThrows(NullPointerException.class, () -> new ExceptionGroup(null, List.of(v(12))));
        assertThrows(NullPointerException.class, () -> new ExceptionGroup("eg", null));
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("eg", List.of()));
    }

    /** BadConstructorArgs.test_bad_EG_construction__nested_non_exceptions: null is what Java lets be there instead. */
    @Test
    void should_refuse_to_be_made_when_a_member_is_null() {
        List<Throwable> members = new ArrayList<>();
        members.add(v(1));
        members.add(null);
        assertThrows(NullPointerException.class, () -> new ExceptionGroup("eg", members));
    }

    /**
     * InstanceCreation.test_BEG_wraps_BaseException__creates_BEG: one class has both kinds of members; so
     * test_EG_wraps_Exceptions__creates_EG and test_BEG_wraps_Exceptions__creates_EG are the same here.
     */
    @Test
    void should_take_errors_as_members() {
        assertEquals("beg[ValueError 1, AssertionError 2]", shape(group("beg", v(1), new AssertionError("2"))));
        assertSame(ExceptionGroup.class, group("eg", v(1), t(2)).getClass());
    }

    /**
     * InstanceCreation.test_EG_subclass_wraps_non_base_exceptions, test_BEG_subclass_wraps_anything,
     * test_EG_and_specific_subclass_can_wrap_any_nonbase_exception, test_BEG_and_specific_subclass_can_wrap_any_nonbase_exception.
     */
    @Test
    void should_be_of_the_subclass_whose_constructor_is_called() {
        assertEquals("MyGroup:eg[ValueError 12, TypeError 42]", shape(new MyGroup("eg", v(12), t(42))));
        assertEquals("MyGroup:eg[ValueError 12, AssertionError 2]", shape(new MyGroup("eg", v(12), new AssertionError(2))));
    }

    /** StrAndReprTests.test_ExceptionGroup and test_BaseExceptionGroup; test_custom_exception for a class of its own. */
    @Test
    void should_say_how_many_exceptions_it_has() {
        ExceptionGroup flat = group("flat", v(1), t(2));
        assertEquals("flat (2 sub-exceptions)", flat.getMessage());
        assertEquals("nested (4 sub-exceptions)", group("nested", flat, v(1), flat, t(2)).getMessage());
        assertEquals("dev.backstitch.loop.ExceptionGroup: one (1 sub-exception)", group("one", v(1)).toString());
        assertEquals("flat (2 sub-exceptions)", group("flat", v(1), new AssertionError(2)).getMessage());
        ExceptionGroup custom = new MyGroup("flat", v(1), t(2));
        assertEquals(MyGroup.class.getName() + ": flat (2 sub-exceptions)", custom.toString());
        assertEquals(
                MyGroup.class.getName() + ": nested (4 sub-exceptions)",
                new MyGroup("nested", custom, v(1), custom, t(2)).toString());
    }

    /** ExceptionGroupFields.test_basics_ExceptionGroup_fields. */
    @Test
    void should_have_its_message_and_members_as_they_were_given() {
        ExceptionGroup eg = simple();
        assertEquals("simple eg", eg.message());
        assertEquals("simple eg[ValueError 1, TypeError int, ValueError 2]", shape(eg));
        assertEquals("cause of ValueError 1", eg.exceptions().get(0).getCause().getMessage());
        assertNull(eg.exceptions().get(1).getCause());
        assertEquals("simple", eg.getStackTrace()[1].getMethodName());
    }

    /** ExceptionGroupFields.test_fields_are_readonly. */
    @Test
    void should_not_let_its_members_be_changed() {
        List<Throwable> given = new ArrayList<>(List.of(t(1), os(2)));
        ExceptionGroup eg = new ExceptionGroup("eg", given);
        given.clear();
        assertEquals("eg[TypeError 1, OsError 2]", shape(eg));
        assertThrows(UnsupportedOperationException.class, () -> eg.exceptions().clear());
    }

    /** ExceptionGroupSubgroupTests.test_basics_subgroup_by_type__passthrough and test_basics_subgroup_by_predicate__passthrough. */
    @Test
    void should_be_its_own_subgroup_when_it_matches_itself() {
        ExceptionGroup eg = simple();
        for (Class<? extends Throwable> type :
                List.of(Throwable.class, Exception.class, RuntimeException.class, ExceptionGroup.class)) {
            assertSame(eg, eg.subgroup(type));
        }
        assertSame(eg, eg.subgroup(e -> true));
    }

    /** test_basics_subgroup_by_type__no_match and _by_predicate__no_match. */
    @Test
    void should_have_no_subgroup_when_nothing_matches() {
        assertNull(simple().subgroup(OsError.class));
        assertNull(simple().subgroup(e -> false));
    }

    /** test_basics_subgroup_by_type__match and _by_predicate__match. */
    @Test
    void should_give_the_members_that_match() {
        ExceptionGroup eg = simple();
        assertEquals("simple eg[ValueError 1, ValueError 2]", shape(eg.subgroup(ValueError.class)));
        assertEquals("simple eg[TypeError int]", shape(eg.subgroup(TypeError.class)));
        assertEquals("simple eg[ValueError 1, ValueError 2]", shape(eg.subgroup(e -> e instanceof ValueError)));
        assertEquals(
                "simple eg[ValueError 1, TypeError int, ValueError 2]",
                shape(eg.subgroup(e -> e instanceof ValueError || e instanceof TypeError)));
    }

    /** ExceptionGroupSplitTests.test_basics_split_by_type__passthrough and _by_predicate__passthrough. */
    @Test
    void should_leave_nothing_when_all_matches() {
        ExceptionGroup eg = simple();
        for (Class<? extends Throwable> type : List.of(Throwable.class, Exception.class, ExceptionGroup.class)) {
            assertSame(eg, eg.split(type).match());
            assertNull(eg.split(type).rest());
        }
        assertNull(eg.split(e -> true).rest());
    }

    /** test_basics_split_by_type__no_match and _by_predicate__no_match. */
    @Test
    void should_leave_all_when_nothing_matches() {
        for (ExceptionGroup.Split split : List.of(simple().split(OsError.class), simple().split(e -> false))) {
            assertNull(split.match());
            assertEquals("simple eg[ValueError 1, TypeError int, ValueError 2]", shape(split.rest()));
        }
    }

    /** test_basics_split_by_type__match and _by_predicate__match. */
    @Test
    void should_split_in_what_matches_and_the_rest() {
        assertSplit(simple(), ValueError.class::isInstance,
                "simple eg[ValueError 1, ValueError 2]", "simple eg[TypeError int]");
        assertSplit(simple(), TypeError.class::isInstance,
                "simple eg[TypeError int]", "simple eg[ValueError 1, ValueError 2]");
        assertSplit(simple(), e -> e instanceof ValueError || e instanceof TypeError,
                "simple eg[ValueError 1, TypeError int, ValueError 2]", "none");
    }

    /** DeepRecursionInSplitAndSubgroup.test_deep_split and test_deep_subgroup: here depth is no limit, deeper than a stack is. */
    @Test
    void should_split_a_group_of_any_depth() {
        Throwable e = t(1);
        for (int i = 0; i < 30_000; i++) {
            e = group("eg", e, v(i));
        }
        ExceptionGroup deep = (ExceptionGroup) e;
        ExceptionGroup.Split split = deep.split(TypeError.class);
        assertEquals(List.of("1"), split.match().leaves().stream().map(Throwable::getMessage).toList());
        assertEquals(30_000, split.rest().leaves(ValueError.class).size());
        assertEquals(1, deep.subgroup(TypeError.class).leaves().size());
        assertEquals(30_001, deep.leaves().size());
    }

    /** LeafGeneratorTest.test_leaf_generator, NestedExceptionGroupBasicsTest.test_iteration_full_tracebacks. */
    @Test
    void should_list_its_leaves_in_order() {
        ExceptionGroup eg = group("root", group("nested", t("bytes"), group("inner", v(0))), v(1));
        assertEquals(
                List.of("bytes", "0", "1"), eg.leaves().stream().map(Throwable::getMessage).toList());
        assertEquals(List.of("0", "1"), eg.leaves(ValueError.class).stream().map(Throwable::getMessage).toList());
    }

    /** NestedExceptionGroupBasicsTest.test_nested_group_matches_template and _chaining. */
    @Test
    void should_keep_groups_as_members() {
        ExceptionGroup eg = group("root", group("nested", t("bytes")), v(1));
        assertEquals("root[nested[TypeError bytes], ValueError 1]", shape(eg));
    }

    private static ExceptionGroup nested() {
        return group("root", inner(), v(1));
    }

    private static ExceptionGroup inner() {
        return group("nested", t("bytes"));
    }

    /** NestedExceptionGroupBasicsTest.test_nested_exception_group_tracebacks. */
    @Test
    void should_have_members_with_traces_of_their_own() {
        ExceptionGroup eg = nested();
        assertEquals("nested", eg.getStackTrace()[1].getMethodName());
        assertEquals("inner", eg.exceptions().get(0).getStackTrace()[1].getMethodName());
        ExceptionGroup inner = (ExceptionGroup) eg.exceptions().get(0);
        assertEquals("inner", inner.exceptions().get(0).getStackTrace()[1].getMethodName());
    }

    static final class MyGroup extends ExceptionGroup {
        MyGroup(String message, Throwable... members) {
            super(message, List.of(members));
        }
    }

    /** NestedExceptionGroupSplitTest.test_split_by_type. */
    @Test
    void should_keep_the_structure_when_split() {
        ExceptionGroup eg = group(
                "msg3",
                new MyGroup("msg2", group("msg1", v(6), t("int"), v(7)), group("msg1", v(7), t("int"), v(8)), v(8)),
                v(7));
        assertSplit(eg, SyntaxError.class::isInstance, "none", shape(eg).replace("MyGroup:", ""));
        assertSplit(eg, e -> e instanceof ValueError || e instanceof TypeError,
                shape(eg).replace("MyGroup:", ""), "none");
        String values = "msg3[msg2[msg1[ValueError 6, ValueError 7], msg1[ValueError 7, ValueError 8], ValueError 8], ValueError 7]";
        String types = "msg3[msg2[msg1[TypeError int], msg1[TypeError int]]]";
        assertSplit(eg, ValueError.class::isInstance, values, types);
        assertSplit(eg, e -> e instanceof TypeError || e instanceof SyntaxError, types, values);
        assertSplit(eg, ExceptionGroup.class::isInstance, shape(eg), "none");
        assertSplit(eg, MyGroup.class::isInstance,
                "msg3[" + shape(eg.exceptions().get(0)) + "]", "msg3[ValueError 7]");
    }

    /** NestedExceptionGroupSplitTest.test_split_BaseExceptionGroup. */
    @Test
    void should_split_errors_from_exceptions() {
        ExceptionGroup beg = group("beg", v(1), new AssertionError("2"));
        assertSplit(beg, TypeError.class::isInstance, "none", "beg[ValueError 1, AssertionError 2]");
        assertSplit(beg, ValueError.class::isInstance, "beg[ValueError 1]", "beg[AssertionError 2]");
        assertSplit(beg, AssertionError.class::isInstance, "beg[AssertionError 2]", "beg[ValueError 1]");
    }

    /** ExceptionGroupSplitTestBase: what a part keeps of the group; test_split_copies_notes, for suppressed exceptions. */
    @Test
    void should_keep_trace_cause_and_suppressed_exceptions_when_split() {
        ExceptionGroup eg = simple();
        eg.initCause(os("cause"));
        eg.addSuppressed(os("note"));
        for (ExceptionGroup part : List.of(eg.split(ValueError.class).match(), eg.split(ValueError.class).rest())) {
            assertArrayEquals(eg.getStackTrace(), part.getStackTrace());
            assertSame(eg.getCause(), part.getCause());
            assertEquals(1, List.of(part.getSuppressed()).stream().filter(OsError.class::isInstance).count());
        }
        ExceptionGroup match = eg.subgroup(ValueError.class);
        match.addSuppressed(os("another"));
        assertEquals(4, eg.getSuppressed().length); // the three members, and the note
    }

    /** Members are suppressed exceptions too, for those who know nothing of groups. */
    @Test
    void should_have_its_members_as_suppressed_exceptions() {
        ExceptionGroup eg = simple();
        assertEquals(eg.exceptions(), List.of(eg.getSuppressed()));
        assertEquals(2, eg.subgroup(ValueError.class).getSuppressed().length);
    }

    static final class NullDeriving extends ExceptionGroup {
        NullDeriving() {
            super("eg", List.of(t(1), v(2)));
        }

        @Override
        protected ExceptionGroup derive(List<Throwable> members) {
            return null;
        }
    }

    /** NestedExceptionGroupSplitTest.test_drive_invalid_return_value. */
    @Test
    void should_refuse_to_be_split_when_derive_gives_nothing() {
        assertThrows(NullPointerException.class, () -> new NullDeriving().split(TypeError.class));
        assertThrows(NullPointerException.class, () -> new NullDeriving().subgroup(TypeError.class));
    }

    /**
     * NestedExceptionGroupSubclassSplitTest.test_split_ExceptionGroup_subclass_no_derive_no_new_override, and
     * test_split_BaseExceptionGroup_subclass_no_derive_new_override: its constructor is another than the group's.
     */
    @Test
    void should_split_in_plain_groups_when_a_subclass_does_not_derive() {
        ExceptionGroup eg = new MyGroup("eg", v(1), new MyGroup("nested", t(2)));
        assertSplit(eg, OsError.class::isInstance, "none", "eg[ValueError 1, nested[TypeError 2]]");
        assertSplit(eg, e -> e instanceof ValueError || e instanceof TypeError,
                "eg[ValueError 1, nested[TypeError 2]]", "none");
        assertSplit(eg, ValueError.class::isInstance, "eg[ValueError 1]", "eg[nested[TypeError 2]]");
        assertSplit(eg, TypeError.class::isInstance, "eg[nested[TypeError 2]]", "eg[ValueError 1]");
    }

    static final class Coded extends ExceptionGroup {
        final int code;

        Coded(String message, List<Throwable> members, int code) {
            super(message, members);
            this.code = code;
        }

        @Override
        protected ExceptionGroup derive(List<Throwable> members) {
            return new Coded(message(), members, code);
        }
    }

    /** NestedExceptionGroupSubclassSplitTest.test_split_ExceptionGroup_subclass_derive_and_new_overrides. */
    @Test
    void should_split_in_groups_of_its_own_type_when_a_subclass_derives() {
        Coded eg = new Coded("eg", List.of(v(1), new Coded("nested", List.of(t(2)), 101)), 42);
        assertSplit(eg, OsError.class::isInstance, "none", "Coded:eg[ValueError 1, Coded:nested[TypeError 2]]");
        assertSplit(eg, ValueError.class::isInstance, "Coded:eg[ValueError 1]", "Coded:eg[Coded:nested[TypeError 2]]");
        Coded rest = (Coded) eg.split(ValueError.class).rest();
        assertEquals(42, rest.code);
        assertEquals(101, ((Coded) rest.exceptions().get(0)).code);
        assertEquals(42, ((Coded) eg.subgroup(ValueError.class)).code);
    }

    /** Splits, and checks what ExceptionGroupSplitTestBase.split_exception_group checks. */
    private static void assertSplit(ExceptionGroup eg, Predicate<Throwable> condition, String match, String rest) {
        ExceptionGroup.Split split = eg.split(condition);
        assertEquals(match, shape(split.match()));
        assertEquals(rest, shape(split.rest()));
        assertEquals(match, shape(eg.subgroup(condition)));
        List<Throwable> all = new ArrayList<>();
        for (ExceptionGroup part : new ExceptionGroup[] {split.match(), split.rest()}) {
            if (part != null) {
                all.addAll(part.leaves());
                assertEquals(eg.message(), part.message());
                assertArrayEquals(eg.getStackTrace(), part.getStackTrace());
            }
        }
        assertEquals(eg.leaves().size(), all.size());
        for (Throwable leaf : eg.leaves()) {
            assertTrue(all.stream().anyMatch(e -> e == leaf));
        }
    }
}
