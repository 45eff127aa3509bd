package dev.backstitch.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.diag.ClassPattern;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentArgumentsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ",", ";;"})
    void should_use_defaults_when_nothing_is_given(String text) {
        AgentArguments arguments = AgentArguments.parse(text);
        assertTrue(arguments.allows("com/acme/Main"));
        assertNull(arguments.dump());
        assertEquals(AgentArguments.OnError.REPORT, arguments.onError());
        assertFalse(arguments.verbose());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include=com.acme.*;org.acme.*,exclude=*.Legacy?,dump=out/x,onError=fail,verbose",
                "include=com.acme.*,org.acme.*;exclude=*.Legacy?;dump=out/x;onError=fail;verbose=true",
                " verbose , exclude=*.Legacy? , include=com.acme.* , include=org.acme.* , onError=fail , dump=out/x "
            })
    void should_read_every_option_when_separated_by_commas_or_semicolons(String text) {
        AgentArguments arguments = AgentArguments.parse(text);
        assertTrue(arguments.allows("com/acme/deep/Main"));
        assertTrue(arguments.allows("org/acme/Main"));
        assertFalse(arguments.allows("net/acme/Main"));
        assertFalse(arguments.allows("com/acme/Legacy2"));
        assertEquals(Path.of("out/x"), arguments.dump());
        assertEquals(AgentArguments.OnError.FAIL, arguments.onError());
        assertTrue(arguments.verbose());
    }

    @Test
    void should_name_the_classes_of_a_storm_when_they_may_be_rewritten() {
        AgentArguments arguments = AgentArguments.parse("storm=com.acme.*;org.acme.*,exclude=*.Legacy?");
        assertTrue(arguments.storms("com/acme/Main"));
        assertTrue(arguments.storms("org/acme/Main"));
        assertFalse(arguments.storms("net/acme/Main"));
        assertFalse(arguments.storms("com/acme/Legacy2"));
        assertFalse(AgentArguments.parse("include=com.acme.*").storms("com/acme/Main"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "includes=a.*|unknown option 'includes'",
                "verbos|unknown option 'verbos'",
                "include=a.*,verbos|unknown option 'verbos'",
                "a.*|unknown option 'a.*'",
                "verbose,a.*|unknown option 'a.*'",
                "include=|option 'include' has no value",
                "onError=ignore|onError is 'fail' or 'report', not 'ignore'",
                "verbose=yes|verbose is 'true' or 'false', not 'yes'",
                "statistics=yes|statistics is 'true' or 'false', not 'yes'",
                "ONERROR=fail|unknown option 'ONERROR'"
            })
    void should_name_the_option_when_it_is_wrong(String text, String expected) {
        String message = assertThrows(AgentArguments.WrongArgument.class, () -> AgentArguments.parse(text))
                .getMessage();
        assertTrue(message.startsWith("BST-401 "), message);
        assertTrue(message.contains(expected + "\n"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.*, com/acme/Main, true",
        "com.acme.*, com/acme/deep/Main, true",
        "com.acme.*, com/acmeMain, false",
        "com/acme/*, com/acme/Main, true",
        "*, Main, true",
        "**, Main, true",
        "Main, Main, true",
        "Main, Main2, false",
        "Main?, Main2, true",
        "Main?, Main, false",
        "*Test, com/acme/MainTest, true",
        "*Test, com/acme/TestMain, false",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "*a*a*a*, aa, false",
        "com.acme.Main$*, com/acme/Main$Inner, true"
    })
    void should_match_whole_names(String pattern, String name, boolean expected) {
        assertEquals(expected, new ClassPattern(pattern).matches(name));
    }

    @Test
    void should_give_every_warning_when_nothing_is_said_about_them() {
        assertEquals(Severity.WARNING, severity(""));
    }

    @ParameterizedTest
    @CsvSource({
        "warnings=off,",
        "warnings=error, ERROR",
        "warnings=BST-504:off,",
        "warnings=off;BST-504:error, ERROR",
        "warnings=BST-501:error, WARNING",
        "warnings=BST-504:off:org.*, WARNING",
        "warnings=error;BST-504:off:com.acme.*,",
    })
    void should_let_the_last_rule_that_fits_decide_when_there_are_several(String text, Severity expected) {
        assertEquals(expected, severity(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warnings=loud", "warnings=BST-504:loud", "warnings=BST-201:off", "warnings=BST-999:off"})
    void should_say_what_is_wrong_when_a_rule_is_none(String text) {
        var wrong = assertThrows(AgentArguments.WrongArgument.class, () -> AgentArguments.parse(text));
        assertTrue(wrong.getMessage().startsWith("BST-401 an option of the agent is wrong: '"), wrong.getMessage());
    }

    private static Severity severity(String text) {
        return AgentArguments.parse(text).warnings().severityOf(DiagnosticCode.BLOCKING_CALL, "com/acme/Main");
    }
}
