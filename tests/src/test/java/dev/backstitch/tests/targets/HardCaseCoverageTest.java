package dev.backstitch.tests.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.harness.Covers;
import dev.backstitch.tests.harness.HardCase;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every numbered case that concerns bytecode (1 to 57) has a target, or is marked on the test that covers it. */
class HardCaseCoverageTest {
    /** The classes with tests of cases that are no methods of targets. */
    private static final List<String> OTHERS = List.of(
            "handmade.Handmade", "handmade.Subroutines", "handmade.SizesTest", "refused.RefusedTarget", "TargetsTest");

    /** As in the targets that a newer compiler is needed for. */
    private static final Pattern IN_SOURCE = Pattern.compile("@HardCase\\(\\{?([\\d, ]+)");

    private final Set<Integer> covered = new TreeSet<>();

    private void add(int... cases) {
        for (int number : cases) {
            covered.add(number);
        }
    }

    private void addOf(AnnotatedElement element) {
        HardCase target = element.getAnnotation(HardCase.class);
        Covers other = element.getAnnotation(Covers.class);
        add(target == null ? new int[0] : target.value());
        add(other == null ? new int[0] : other.value());
    }

    private void addAllOf(Class<?> type) {
        addOf(type);
        for (Method method : type.getDeclaredMethods()) {
            addOf(method);
        }
        for (Class<?> inner : type.getDeclaredClasses()) {
            addAllOf(inner);
        }
    }

    @Test
    void should_have_a_target_for_every_case() throws Exception {
        for (Class<?> target : Targets.ALL) {
            addAllOf(target);
        }
        for (String other : OTHERS) {
            addAllOf(Class.forName(HardCaseCoverageTest.class.getPackageName() + "." + other));
        }
        for (Path source : NewerLanguageTest.sources()) {
            addOf(source);
        }
        Set<Integer> missing = new TreeSet<>();
        for (int number = 1; number <= 57; number++) {
            if (!covered.contains(number)) {
                missing.add(number);
            }
        }
        assertEquals(Set.of(), missing);
    }

    private void addOf(Path source) throws IOException {
        Matcher mark = IN_SOURCE.matcher(Files.readString(source));
        while (mark.find()) {
            for (String number : mark.group(1).split(",")) {
                add(Integer.parseInt(number.trim()));
            }
        }
    }
}
