package dev.backstitch.tests.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import dev.backstitch.tests.semantics.hidden.Makes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A local may have a type that its method must not name: no cast to it may be needed to restore it. */
class InaccessibleTypeTest {
    @Generator
    private static Gen<String> inOneLocal(int n) {
        {
            var hidden = Makes.make("h" + n);
            Gen.yield("first");
            Gen.yield(Makes.nameOf(hidden));
        }
        {
            String shown = "s" + n;
            Gen.yield("second");
            Gen.yield(shown);
        }
        return Gen.end();
    }

    @Generator
    private static Gen<String> inOneSlot(int n) {
        var hidden = Makes.make("h" + n);
        Gen.yield("first");
        Gen.yield(Makes.nameOf(hidden));
        List<String> list = List.of("l" + n);
        Gen.yield("second");
        Gen.yield(list.get(0));
        return Gen.end();
    }

    @Generator
    private static Gen<String> ofTheJdk(boolean fast, int n) {
        String text = "t" + n;
        Gen.yield("first");
        Gen.yield(text);
        // What the two have in common, which the compiler writes into the stack map, is java.lang.AbstractStringBuilder.
        var buffer = fast ? new StringBuilder("b" + n) : new StringBuffer("B" + n);
        Gen.yield("second");
        Gen.yield(String.valueOf((Object) buffer));
        return Gen.end();
    }

    @Test
    void should_restore_it_when_the_jdk_keeps_it_to_itself() {
        assertEquals(List.of("first", "t1", "second", "b1"), ofTheJdk(true, 1).stream().toList());
        assertEquals(List.of("first", "t2", "second", "B2"), ofTheJdk(false, 2).stream().toList());
    }

    @Test
    void should_restore_it_when_its_local_is_reused() {
        assertEquals(List.of("first", "h1", "second", "s1"), inOneLocal(1).stream().toList());
    }

    @Test
    void should_restore_it_when_its_slot_could_be_shared() {
        assertEquals(List.of("first", "h1", "second", "l1"), inOneSlot(1).stream().toList());
    }
}
