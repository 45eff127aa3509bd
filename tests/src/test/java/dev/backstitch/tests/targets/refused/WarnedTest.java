package dev.backstitch.tests.targets.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.tests.harness.Golden;
import dev.backstitch.tests.harness.TargetSource;
import dev.backstitch.tests.harness.Variant;
import dev.backstitch.tests.harness.WeavingResults;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link WarnedTarget} and {@link LargeTarget}: codes on the right lines, and on no others. */
class WarnedTest {
    static Stream<Arguments> compilers() {
        return Variant.available().stream()
                .filter(v -> v.name().matches("javac-(11|17|21|25)|ecj-17"))
                .flatMap(v -> Stream.of(arguments(v, WarnedTarget.class), arguments(v, LargeTarget.class)));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void should_name_the_line_of_every_suspicious_call_or_method(Variant compiler, Class<?> target) {
        TargetSource source = TargetSource.of(target);
        WeavingResults results = WeavingResults.of(compiler.compile(target.getName(), source.path()));
        String expected = WeavingResults.text(source.assertions().stream().map(a -> a.line() + " " + a.argument()));
        assertEquals(expected, WeavingResults.text(results.results().values().stream()
                .flatMap(r -> r.diagnostics().stream())
                .map(d -> d.location().line() + " " + d.code().id())));
    }

    @Test
    void should_rewrite_a_class_in_spite_of_its_warnings() {
        WeavingResults.ofClassPath(WarnedTarget.class).results().forEach((name, result) ->
                assertTrue(result.outcome() != Outcome.REFUSED, name + result.diagnostics()));
    }

    @Test
    void should_refuse_a_class_when_a_warning_counts_as_an_error() {
        WarningPolicy strict = WarningPolicy.parse(List.of("BST-504:error:*$Blocks"));
        Map<String, byte[]> classes = WeavingResults.originalsOf(WarnedTarget.class);
        classes.forEach((name, bytes) -> {
            WeaveResult result = new Weaver(strict).weave(bytes);
            assertEquals(name.endsWith("$Blocks"), result.outcome() == Outcome.REFUSED, name);
            if (name.endsWith("$Blocks")) {
                assertSame(bytes, result.classFile());
                assertTrue(result.diagnostics().stream().allMatch(Diagnostic::isError));
            }
        });
    }

    @Test
    void should_say_nothing_and_write_the_same_when_warnings_are_off() {
        WeavingResults.originalsOf(WarnedTarget.class).forEach((name, bytes) -> {
            WeaveResult quiet = new Weaver(WarningPolicy.OFF).weave(bytes);
            assertEquals(List.of(), quiet.diagnostics(), name);
            org.junit.jupiter.api.Assertions.assertArrayEquals(new Weaver().weave(bytes).classFile(), quiet.classFile());
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER_RUN", "YIELD_TYPE", "AWAITED_VALUE", "BLOCKING_CALL"})
    void should_say_what_where_why_and_what_to_do(DiagnosticCode code) {
        Diagnostic first = WeavingResults.ofClassPath(WarnedTarget.class).results().values().stream()
                .flatMap(r -> r.diagnostics().stream())
                .filter(d -> d.code() == code)
                .findFirst()
                .orElseThrow();
        Golden.check(
                "messages/" + code.id() + ".txt", first.format().replaceAll("\\.java:\\d+\\)", ".java:LINE)") + "\n");
    }
}
