package dev.backstitch.tests.targets.refused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.tests.harness.WeavingResults;
import dev.backstitch.tests.harness.TargetSource;
import dev.backstitch.tests.harness.Variant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link RefusedTarget}: codes on the right lines, classes as they were. */
class RefusedTest {
    private static final TargetSource SOURCE = TargetSource.of(RefusedTarget.class);
    /** The classes in which there is nothing to refuse. */
    private static final Set<String> FINE = Set.of("RefusedTarget", "Accepted", "Resource", "Scope");

    static Stream<Variant> compilers() {
        return Variant.available().stream().filter(v -> v.name().matches("javac-(11|17|21|25)|ecj-17"));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void should_name_the_line_of_every_refused_suspension(Variant compiler) {
        WeavingResults results = WeavingResults.of(compiler.compile(RefusedTarget.class.getName(), SOURCE.path()));
        String expected = WeavingResults.text(SOURCE.assertions().stream().map(a -> a.line() + " " + a.argument()));
        assertEquals(expected, WeavingResults.text(results.errors().stream()
                .filter(d -> d.location().line() > 0)
                .map(d -> d.location().line() + " " + d.code().id())));
    }

    @Test
    void should_leave_a_refused_class_exactly_as_it_was() {
        WeavingResults results = WeavingResults.ofClassPath(RefusedTarget.class);
        results.results().forEach((name, result) -> {
            if (!FINE.contains(name.substring(name.lastIndexOf(name.contains("$") ? '$' : '/') + 1))) {
                assertEquals(Outcome.REFUSED, result.outcome(), name);
            }
            if (result.outcome() != Outcome.WOVEN) {
                assertSame(results.original(name), result.classFile(), name);
                assertArrayEquals(results.copy(name), result.classFile(), name);
                assertEquals(Map.of(), result.frames(), name);
            }
        });
    }

    @Test
    void should_weave_the_class_beside_the_refused_ones() {
        WeaveResult accepted = WeavingResults.ofClassPath(RefusedTarget.class).resultOf("Accepted");
        assertEquals(Outcome.WOVEN, accepted.outcome());
        assertEquals(List.of(), accepted.diagnostics());
    }

    @Test
    void should_refuse_a_native_method() {
        WeaveResult result = WeavingResults.ofClassPath(RefusedTarget.class).resultOf("Native");
        assertEquals(Outcome.REFUSED, result.outcome());
        assertEquals(DiagnosticCode.NATIVE_METHOD, result.diagnostics().get(0).code());
        assertEquals("waits", result.diagnostics().get(0).location().method());
    }

    @Test
    void should_say_where_as_a_stack_trace_would() {
        for (Diagnostic d : WeavingResults.ofClassPath(RefusedTarget.class).errors()) {
            assertEquals("RefusedTarget.java", d.location().file());
            assertTrue(d.location().type().startsWith(RefusedTarget.class.getName() + "$"), d::format);
            assertTrue(d.format().contains("(RefusedTarget.java"), d::format);
        }
    }
}
