package dev.backstitch.tests.targets.handmade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.objectweb.asm.Type.INT_TYPE;
import static org.objectweb.asm.Type.LONG_TYPE;

import dev.backstitch.Gen;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.tests.harness.Covers;
import dev.backstitch.tests.harness.Golden;
import dev.backstitch.tests.harness.WeavingResults;
import dev.backstitch.tests.harness.TargetRun;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Methods near the limits of the class file. */
@Covers(56)
class SizesTest {
    private static final String NAME = "handmade/Large";

    private static void yields(Code c, int count) {
        for (int i = 0; i < count; i++) {
            c.yield("y").pop();
        }
    }

    private static void nops(Code c, int count) {
        for (int i = 0; i < count; i++) {
            c.nop();
        }
    }

    private static Stream<DynamicTest> run(Consumer<Code> body) {
        return new TargetRun(NAME.replace('/', '.'), null, Code.generator(NAME, Opcodes.V17, body))
                .checks()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.body()));
    }

    @TestFactory
    Stream<DynamicTest> should_work_when_a_method_suspends_a_thousand_times() {
        return run(c -> {
            yields(c, 1000);
            c.endNull();
        });
    }

    /** As many states as a byte counts, and one more; the targets' driver stops long before. */
    @ParameterizedTest
    @ValueSource(ints = {126, 127, 128, 129, 1000})
    void should_get_to_its_end_when_a_method_has_so_many_states(int count) throws Exception {
        Map<String, byte[]> original = Code.generator(NAME, Opcodes.V17, c -> {
            for (int i = 0; i < count; i++) {
                c.iconst(i);
                c.boxInt().yieldTop().pop();
            }
            c.endNull();
        });
        Gen<?> made = (Gen<?>) WeavingResults.of(original).load(NAME.replace('/', '.')).getMethod("made").invoke(null);
        assertEquals(IntStream.range(0, count).boxed().toList(), made.stream().limit(2L * count).toList());
    }

    @TestFactory
    Stream<DynamicTest> should_work_when_jumps_are_longer_than_a_short() {
        return run(c -> {
            Label head = new Label();
            Label out = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.mark(head);
            c.load(0, INT_TYPE);
            c.iconst(3);
            c.ificmpge(out);
            c.load(0, INT_TYPE);
            c.boxInt().yieldTop().pop();
            nops(c, 40_000);
            c.yield("after the long way").pop();
            c.iinc(0, 1);
            c.goTo(head);
            c.mark(out);
            c.endNull();
        });
    }

    @TestFactory
    Stream<DynamicTest> should_work_when_a_switch_is_longer_than_a_short() {
        return run(c -> {
            Label[] cases = Stream.generate(Label::new).limit(50).toArray(Label[]::new);
            Label none = new Label();
            Label head = new Label();
            c.iconst(0);
            c.store(0, INT_TYPE);
            c.mark(head);
            c.iinc(0, 7);
            c.load(0, INT_TYPE);
            c.tableswitch(0, 49, none, cases);
            for (int i = 0; i < cases.length; i++) {
                c.mark(cases[i]);
                nops(c, 800);
                c.yield("case " + i).pop();
                c.goTo(head);
            }
            c.mark(none);
            c.endNull();
        });
    }

    /** An outer loop, an inner one, yields in both, and a wide and a reference variable that live over them. */
    private static void nestedLoops(Code c) {
        Label outer = new Label();
        Label inner = new Label();
        Label next = new Label();
        Label out = new Label();
        c.iconst(0);
        c.store(0, INT_TYPE);
        c.aconst("kept");
        c.store(1, Code.OBJECT);
        c.mark(outer);
        c.load(0, INT_TYPE);
        c.iconst(3);
        c.ificmpge(out);
        c.yield("outer").pop();
        c.iconst(0);
        c.store(2, INT_TYPE);
        c.mark(inner);
        c.load(2, INT_TYPE);
        c.iconst(2);
        c.ificmpge(next);
        c.load(1, Code.OBJECT);
        c.yieldTop().pop();
        nops(c, 3_000);
        c.load(2, INT_TYPE);
        c.boxInt().yieldTop().pop();
        c.iinc(2, 1);
        c.goTo(inner);
        c.mark(next);
        c.yield("after the inner one").pop();
        c.iinc(0, 1);
        c.goTo(outer);
        c.mark(out);
        c.endNull();
    }

    @TestFactory
    Stream<DynamicTest> should_resume_through_the_headers_when_copies_of_the_loops_would_be_too_large() {
        return run(SizesTest::nestedLoops);
    }

    @Test
    void should_stay_within_what_is_compiled_when_copies_of_the_loops_would_not() {
        WeaveResult result = WeavingResults.of(Code.generator(NAME, Opcodes.V17, SizesTest::nestedLoops))
                .results()
                .get(NAME);
        ClassNode woven = new ClassNode();
        new ClassReader(result.classFile()).accept(woven, 0);
        for (MethodNode method : woven.methods) {
            CodeSizeEvaluator size = new CodeSizeEvaluator(null);
            method.accept(size);
            assertTrue(size.getMaxSize() <= 8_000, method.name + method.desc + " has " + size.getMaxSize() + " bytes");
        }
    }

    private static final int LOCALS = 12;

    /** Points at which a dozen locals of all types live, most of them changed since the last one. */
    private static void manyLocals(Code c, int points, boolean inLoop) {
        Label head = new Label();
        Label out = new Label();
        for (int i = 0; i < LOCALS; i++) {
            if (i % 3 == 0) {
                c.aconst("text " + i);
                c.store(2 * i, Type.getType(String.class));
            } else if (i % 3 == 1) {
                c.iconst(i);
                c.store(2 * i, INT_TYPE);
            } else {
                c.lconst(i);
                c.store(2 * i, LONG_TYPE);
            }
        }
        c.iconst(0);
        c.store(2 * LOCALS, INT_TYPE);
        c.mark(head);
        if (inLoop) {
            c.load(2 * LOCALS, INT_TYPE);
            c.iconst(2);
            c.ificmpge(out);
        }
        for (int i = 0; i < points; i++) {
            c.yield("y").string();
            c.store(2 * (i % 4 * 3), Type.getType(String.class));
            c.iinc(2 * (i % 4 * 3 + 1), 1);
            c.load(2 * (i % 4 * 3 + 2), LONG_TYPE);
            c.lconst(1L);
            c.add(LONG_TYPE);
            c.store(2 * (i % 4 * 3 + 2), LONG_TYPE);
        }
        if (inLoop) {
            c.iinc(2 * LOCALS, 1);
            c.goTo(head);
            c.mark(out);
        }
        for (int i = 0; i < LOCALS; i++) {
            c.load(2 * i, i % 3 == 0 ? Type.getType(String.class) : i % 3 == 1 ? INT_TYPE : LONG_TYPE);
            if (i % 3 == 1) {
                c.boxInt();
            } else if (i % 3 == 2) {
                c.boxLong();
            }
            c.log().pop();
        }
        c.endNull();
    }

    @TestFactory
    Stream<DynamicTest> should_work_when_points_share_the_code_that_saves_and_restores() {
        return Stream.concat(run(c -> manyLocals(c, 150, false)), run(c -> manyLocals(c, 80, true)));
    }

    /** The original is large enough that the fastest form is not small enough. */
    @ParameterizedTest
    @CsvSource({"150, false", "80, true"})
    void should_stay_within_what_is_compiled_when_many_locals_live_over_many_points(int points, boolean inLoop) {
        WeaveResult result = WeavingResults.of(Code.generator(NAME, Opcodes.V17, c -> manyLocals(c, points, inLoop)))
                .results()
                .get(NAME);
        assertEquals(List.of(), result.diagnostics());
    }

    private static Map<String, byte[]> ofNops(int count) {
        return Code.generator(NAME, Opcodes.V17, c -> {
            c.yield("y").pop();
            nops(c, count);
            c.endNull();
        });
    }

    /** The size that a warning tells. */
    private static int sizeIn(Diagnostic warning) {
        return Integer.parseInt(warning.detail().replaceAll("\\D", ""));
    }

    @Test
    void should_warn_when_a_rewritten_method_is_too_large_to_be_compiled() {
        WeaveResult far = WeavingResults.of(ofNops(9_000)).results().get(NAME);
        int most = 9_000 - (sizeIn(far.diagnostics().get(0)) - 8_000);
        WeaveResult within = WeavingResults.of(ofNops(most)).results().get(NAME);
        assertEquals(List.of(), within.diagnostics());
        WeaveResult beyond = WeavingResults.of(ofNops(most + 1)).results().get(NAME);
        assertEquals(Outcome.WOVEN, beyond.outcome());
        assertEquals(1, beyond.diagnostics().size());
        Diagnostic warning = beyond.diagnostics().get(0);
        assertEquals(DiagnosticCode.NEVER_COMPILED, warning.code());
        assertEquals("made has 8001 bytes", warning.detail());
        ClassNode woven = new ClassNode();
        new ClassReader(beyond.classFile()).accept(woven, 0);
        assertTrue(woven.methods.stream().anyMatch(method -> {
            CodeSizeEvaluator size = new CodeSizeEvaluator(null);
            method.accept(size);
            return size.getMinSize() <= 8_001 && 8_001 <= size.getMaxSize();
        }));
        Golden.check("messages/BST-506.txt", warning.format().replace("8001", "SIZE") + "\n");
    }

    @Test
    void should_refuse_a_method_too_large_to_be_compiled_when_that_counts_as_an_error() {
        byte[] original = ofNops(9_000).get(NAME);
        WeaveResult result = new Weaver(WarningPolicy.parse(List.of("BST-506:error"))).weave(original);
        assertEquals(Outcome.REFUSED, result.outcome());
        assertSame(original, result.classFile());
        assertTrue(result.frames().isEmpty());
        assertEquals(List.of(), new Weaver(WarningPolicy.OFF).weave(original).diagnostics());
    }

    /** It works, or it is refused with its code: but nothing else. */
    @Test
    void should_refuse_a_method_when_no_room_is_left_in_it() {
        Map<String, byte[]> original = Code.generator(NAME, Opcodes.V17, c -> {
            for (int i = 0; i < 2_500; i++) {
                c.iconst(i % 5);
                c.yield("y").pop();
                c.pop();
            }
            c.endNull();
        });
        WeaveResult result = WeavingResults.of(original).results().get(NAME);
        assertEquals(Outcome.REFUSED, result.outcome());
        assertEquals(DiagnosticCode.TOO_LARGE, result.diagnostics().get(0).code());
        assertSame(original.get(NAME), result.classFile());
        assertTrue(result.frames().isEmpty());
    }
}
