package dev.backstitch.tests.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.harness.HardCase;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every numbered case that concerns bytecode (1 to 57) has a target. */
class HardCaseCoverageTest {
    /** The cases that no method of a target covers, and the test that does. */
    private static final Map<String, Set<Integer>> ELSEWHERE = Map.of(
            "handmade.Handmade", Set.of(3, 4, 16, 28, 30, 35, 44, 49, 50, 55),
            "handmade.Subroutines", Set.of(48),
            "handmade.SizesTest", Set.of(56),
            "refused.RefusedTarget", Set.of(42, 43, 45),
            "TargetsTest, with -g:none, and handmade.Handmade", Set.of(23),
            "control.PatternSwitchTarget", Set.of(41));

    @Test
    void should_have_a_target_for_every_case() {
        Set<Integer> covered = new TreeSet<>();
        ELSEWHERE.values().forEach(covered::addAll);
        for (Class<?> target : Targets.ALL) {
            for (Method method : target.getDeclaredMethods()) {
                HardCase mark = method.getAnnotation(HardCase.class);
                for (int number : mark == null ? new int[0] : mark.value()) {
                    covered.add(number);
                }
            }
        }
        Set<Integer> missing = new TreeSet<>();
        for (int number = 1; number <= 57; number++) {
            if (!covered.contains(number)) {
                missing.add(number);
            }
        }
        assertEquals(Set.of(), missing);
    }
}
