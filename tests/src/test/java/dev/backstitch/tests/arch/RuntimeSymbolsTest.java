package dev.backstitch.tests.arch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backstitch.AsyncCloseable;
import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Exits;
import dev.backstitch.Frame;
import dev.backstitch.Gen;
import dev.backstitch.Signal;
import dev.backstitch.Storm;
import dev.backstitch.annotations.Suppress;
import dev.backstitch.annotations.Woven;
import dev.backstitch.compat.EaAsync;
import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.loop.Hot;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name by which the engine knows the runtime is one that the runtime has. */
class RuntimeSymbolsTest {
    /** Whose the constants that name members are, by the constant's name; the others are the frame's. */
    private static final Map<String, List<Class<?>>> OWNERS = Map.ofEntries(
            Map.entry("YIELD", List.of(Gen.class)),
            Map.entry("YIELD_FROM", List.of(Gen.class)),
            Map.entry("AWAIT", List.of(Coroutine.class, Frame.class)),
            Map.entry("CALL", List.of(Coroutine.class)),
            Map.entry("RETURNED", List.of(Coroutine.class)),
            Map.entry("AWAIT_EACH", List.of(Coroutine.class)),
            Map.entry("SUSPEND", List.of(Coroutine.class)),
            Map.entry("CLOSE", List.of(AsyncCloseable.class)),
            Map.entry("EXIT", List.of(AsyncCloseable.class)),
            Map.entry("NO_END", List.of(Exits.class)),
            Map.entry("OF", List.of(Coroutine.class)),
            Map.entry("DONE", List.of(Coroutine.class)),
            Map.entry("END", List.of(Gen.class, AsyncGen.class)),
            Map.entry("ENDING", List.of(Gen.class, AsyncGen.class)),
            Map.entry("SUSPENDED", List.of(Signal.class)),
            Map.entry("SIGNAL_YIELDED", List.of(Signal.class)),
            Map.entry("HAS_NEXT", List.of(Gen.class)),
            Map.entry("BEGIN", List.of(Gen.class)),
            Map.entry("YIELDED", List.of(Gen.class)),
            Map.entry("SETTLE", List.of(Gen.class)),
            Map.entry("PHASE", List.of(Gen.class)),
            Map.entry("UNDER", List.of(Gen.class)),
            Map.entry("IN_CHAIN", List.of(Gen.class)),
            Map.entry("HAS_NEXT_ELSEWHERE", List.of(Gen.class)),
            Map.entry("FAILED", List.of(Gen.class)),
            Map.entry("MARK_CLOSED", List.of(Gen.class)),
            Map.entry("KEEP_RESULT", List.of(Gen.class)),
            Map.entry("HOT_FUTURE", List.of(Hot.class)),
            Map.entry("HOT_TASK", List.of(Hot.class)),
            Map.entry("HOT_FAILED_FUTURE", List.of(Hot.class)),
            Map.entry("HOT_FAILED_TASK", List.of(Hot.class)),
            Map.entry("HOT_DONE_FUTURE", List.of(Hot.class)),
            Map.entry("HOT_DONE_TASK", List.of(Hot.class)),
            Map.entry("EA_OUTCOME", List.of(EaAsync.class)),
            Map.entry("EA_VALUE", List.of(EaAsync.class)),
            Map.entry("EA_JOIN", List.of(EaAsync.class)),
            Map.entry("EA_IS_DONE", List.of(EaAsync.class)),
            Map.entry("STORM_TURN", List.of(Storm.class)),
            Map.entry("STORM_RUN", List.of(Storm.class)),
            Map.entry("ABI_FIELD", List.of(abi())));

    private static Class<?> abi() {
        try {
            return Class.forName(RuntimeSymbols.ABI_CLASS.replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_be_the_same_when_engine_and_runtime_are_of_one_version() throws ReflectiveOperationException {
        var version = abi().getDeclaredField(RuntimeSymbols.ABI_FIELD);
        version.setAccessible(true);
        assertEquals(RuntimeSymbols.ABI, version.getInt(null));
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_be_a_class_when_a_constant_names_a_type(String constant, String name) {
        assertDoesNotThrow(() -> Class.forName(name.replace('/', '.')), constant);
    }

    @ParameterizedTest
    @MethodSource("members")
    void should_be_a_member_when_a_constant_names_one(String constant, String name) {
        for (Class<?> owner : owners(constant)) {
            assertTrue(
                    Arrays.stream(owner.getDeclaredMethods()).anyMatch(m -> m.getName().equals(name))
                            || Arrays.stream(owner.getDeclaredFields()).anyMatch(f -> f.getName().equals(name)),
                    constant + ": no " + name + " in " + owner);
        }
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void should_fit_the_member_when_a_constant_is_a_descriptor(String constant, String descriptor) {
        String member = constant.substring(0, constant.length() - "_DESC".length());
        String name = constants().get(member);
        MethodType wanted = MethodType.fromMethodDescriptorString(descriptor, getClass().getClassLoader());
        for (Class<?> owner : owners(member)) {
            assertTrue(
                    Arrays.stream(owner.getDeclaredMethods()).anyMatch(m -> m.getName().equals(name) && type(m).equals(wanted)),
                    constant + ": no " + name + descriptor + " in " + owner);
        }
    }

    @Test
    void should_begin_every_type_when_it_is_the_package_to_scan_for() {
        types().map(a -> (String) a.get()[1]).forEach(name -> assertTrue(name.startsWith(RuntimeSymbols.PACKAGE), name));
    }

    @Test
    void should_be_the_mark_when_a_class_is_rewritten() {
        assertEquals(Woven.class.descriptorString(), RuntimeSymbols.WOVEN);
        assertEquals(Suppress.class.descriptorString(), RuntimeSymbols.SUPPRESS);
    }

    @Test
    void should_be_a_constant_when_this_test_says_whose_it_is() {
        TreeSet<String> unknown = new TreeSet<>(OWNERS.keySet());
        unknown.removeAll(constants().keySet());
        assertEquals(new TreeSet<>(), unknown);
    }

    private static List<Class<?>> owners(String constant) {
        return OWNERS.getOrDefault(constant, List.of(Frame.class));
    }

    private static MethodType type(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static Map<String, String> constants() {
        Map<String, String> constants = new java.util.TreeMap<>();
        for (Field field : RuntimeSymbols.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    constants.put(field.getName(), (String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        constants.remove("PACKAGE");
        return constants;
    }

    private static Stream<Arguments> types() {
        return constants().entrySet().stream()
                .filter(c -> c.getValue().contains("/") && !c.getKey().endsWith("_DESC"))
                .map(c -> arguments(c.getKey(), c.getValue().replaceAll("^L(.*);$", "$1")));
    }

    private static Stream<Arguments> members() {
        return constants().entrySet().stream()
                .filter(c -> !c.getValue().contains("/") && !c.getKey().endsWith("_DESC"))
                .map(c -> arguments(c.getKey(), c.getValue()));
    }

    private static Stream<Arguments> descriptors() {
        return constants().entrySet().stream()
                .filter(c -> c.getKey().endsWith("_DESC"))
                .map(c -> arguments(c.getKey(), c.getValue()));
    }
}
