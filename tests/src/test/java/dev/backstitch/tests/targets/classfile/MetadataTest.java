package dev.backstitch.tests.targets.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Frame;
import dev.backstitch.tests.harness.WeavingResults;
import java.io.ObjectStreamClass;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases 52 and 65: reflection sees the methods that the compiler wrote. */
class MetadataTest {
    private Class<?> woven;

    @BeforeEach
    void weave() throws ClassNotFoundException {
        woven = WeavingResults.ofClassPath(MetadataTarget.class).load(MetadataTarget.class.getName());
    }

    private void same(String what, Function<Method, Object> seen) {
        assertEquals(all(MetadataTarget.class, seen), all(woven, seen), what);
    }

    private static Map<String, String> all(Class<?> type, Function<Method, Object> seen) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> !m.isBridge() && !isBody(m))
                .collect(Collectors.toMap(Method::getName, m -> String.valueOf(seen.apply(m))));
    }

    /** The resumable body, which keeps the method's name and takes the frame. */
    private static boolean isBody(Method method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(Frame.class::isAssignableFrom);
    }

    @Test
    void should_keep_signatures_modifiers_and_exceptions() {
        same("signature", Method::toGenericString);
        same("exceptions", m -> Arrays.toString(m.getGenericExceptionTypes()));
    }

    @Test
    void should_keep_annotations_of_methods_parameters_and_types() {
        same("annotations", m -> Arrays.toString(m.getDeclaredAnnotations()));
        same("of parameters", m -> Arrays.deepToString(m.getParameterAnnotations()));
        same("of types", m -> m.getAnnotatedReturnType() + Arrays.toString(m.getAnnotatedParameterTypes()));
    }

    @Test
    void should_keep_parameter_names() {
        same("parameters", m -> Arrays.toString(m.getParameters()));
        assertEquals("count", method("generic").getParameters()[1].getName());
    }

    private Method method(String name) {
        return Arrays.stream(woven.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && !isBody(m))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void should_add_nothing_that_others_can_call() {
        assertEquals(visible(MetadataTarget.class), visible(woven));
    }

    private static List<String> visible(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> (m.getModifiers() & (java.lang.reflect.Modifier.PUBLIC | java.lang.reflect.Modifier.PROTECTED)) != 0)
                .map(Method::toGenericString)
                .sorted()
                .toList();
    }

    @Test
    void should_keep_the_serial_version() {
        assertEquals(
                ObjectStreamClass.lookup(MetadataTarget.class).getSerialVersionUID(),
                ObjectStreamClass.lookup(woven).getSerialVersionUID());
    }

    @Test
    void should_declare_the_serial_version_of_a_class_that_inherits_to_be_serializable() throws ClassNotFoundException {
        assertEquals(List.of("serialVersionUID"), fields(SerialTarget.Inheriting.class));
    }

    @Test
    void should_add_no_field_to_a_class_that_cannot_be_serialized() throws ClassNotFoundException {
        assertEquals(List.of("own"), fields(SerialTarget.Never.class));
        assertEquals(List.of(), fields(SerialTarget.OfThePlatform.class));
    }

    private static List<String> fields(Class<?> type) throws ClassNotFoundException {
        Class<?> woven = WeavingResults.ofClassPath(type).load(type.getName());
        return Arrays.stream(woven.getDeclaredFields()).map(Field::getName).toList();
    }
}
