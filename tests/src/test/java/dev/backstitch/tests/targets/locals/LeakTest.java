package dev.backstitch.tests.targets.locals;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.Gen;
import dev.backstitch.tests.harness.WeavingResults;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 29: a suspended frame holds what lives, an ended one nothing. */
class LeakTest {
    private Class<?> woven;

    @BeforeEach
    void weave() throws ReflectiveOperationException {
        woven = WeavingResults.ofClassPath(LeakTarget.class).load(LeakTarget.class.getName());
    }

    @SuppressWarnings("unchecked")
    private Gen<Object> start(String name, Object... arguments) throws ReflectiveOperationException {
        for (Method method : woven.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && method.getParameterCount() == arguments.length
                    && method.getReturnType() == Gen.class) { // the body has the same name
                method.setAccessible(true);
                return (Gen<Object>) method.invoke(null, arguments);
            }
        }
        throw new AssertionError(name);
    }

    /** Whether a field of {@code frame} holds {@code value} itself. */
    private static boolean holds(Object frame, Object value) throws IllegalAccessException {
        for (Class<?> type = frame.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    if (field.get(frame) == value) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadLocal", "reassigned", "loopVariable"})
    void should_drop_a_local_when_it_is_dead(String name) throws ReflectiveOperationException {
        Gen<Object> gen = start(name);
        Object heavy = gen.next();
        while (true) {
            Object yielded = gen.next();
            if ("dead by now".equals(yielded)) {
                break;
            }
            heavy = yielded instanceof String ? heavy : yielded;
        }
        assertFalse(holds(gen, heavy));
    }

    @Test
    void should_drop_an_operand_when_it_is_consumed() throws ReflectiveOperationException {
        Gen<Object> gen = start("operand");
        Object heavy = gen.next();
        gen.send(heavy);
        gen.next();
        assertFalse(holds(gen, heavy));
    }

    @Test
    void should_drop_a_parameter_when_it_is_dead() throws ReflectiveOperationException {
        Object heavy = LeakTarget.heavy();
        Gen<Object> gen = start("parameter", heavy);
        assertTrue(holds(gen, heavy));
        gen.next();
        gen.next();
        assertFalse(holds(gen, heavy));
    }

    @Test
    void should_hold_a_local_when_it_is_alive_and_nothing_when_closed() throws ReflectiveOperationException {
        Gen<Object> gen = start("endsWhileAlive");
        Object heavy = gen.next();
        gen.next();
        assertTrue(holds(gen, heavy));
        gen.close();
        assertFalse(holds(gen, heavy));
    }

    @Test
    void should_hold_nothing_when_the_body_has_thrown() throws ReflectiveOperationException {
        Gen<Object> gen = start("endsWhileAlive");
        Object heavy = gen.next();
        try {
            gen.raise(new IllegalStateException());
        } catch (IllegalStateException expected) {
            assertFalse(holds(gen, heavy));
        }
        assertTrue(gen.state() == Gen.State.CLOSED);
    }
}
