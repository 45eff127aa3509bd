package dev.backstitch.tests.targets.refused;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.tests.harness.Golden;
import dev.backstitch.tests.harness.WeavingResults;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole text of one message of each code. Line numbers are left out: {@link RefusedTest} holds them. */
class MessagesTest {
    @ParameterizedTest
    @EnumSource(names = {
        "WRONG_RETURN_TYPE",
        "NOT_A_SUSPENDING_METHOD",
        "WRONG_POINT_FOR_KIND",
        "METHOD_REFERENCE",
        "NATIVE_METHOD",
        "MONITOR_HELD",
        "SYNCHRONIZED_METHOD",
        "CONSTRUCTOR",
        "STATIC_INITIALIZER",
        "UNCLEAR_EXIT",
        "YIELD_IN_SCOPE",
        "MIXED_ITERATORS"
    })
    void should_say_what_where_why_and_what_to_do(DiagnosticCode code) {
        Diagnostic first = WeavingResults.ofClassPath(RefusedTarget.class).errors().stream()
                .filter(d -> d.code() == code)
                .findFirst()
                .orElseThrow();
        String text = first.format().replaceAll("\\.java:\\d+\\)", ".java:LINE)");
        assertFalse(code.remedy().isEmpty());
        Golden.check("messages/" + code.id() + ".txt", text + "\n");
    }
}
