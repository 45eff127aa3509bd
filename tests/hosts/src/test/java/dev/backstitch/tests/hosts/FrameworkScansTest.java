package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.Weaver;
import dev.backstitch.tests.jvm.Application;
import java.beans.Introspector;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * What frameworks find in a class, before and after it has been rewritten. Names and types are those that frameworks look
 * for: getters, setters, factories, event listeners.
 */
class FrameworkScansTest {
    private static final String BEAN = "package app;\n" + Application.IMPORTS
            + """
            import java.util.concurrent.*;
            import org.springframework.context.annotation.*;
            import org.springframework.context.event.EventListener;
            @Configuration
            public class Bean implements java.io.Serializable {
                private int size = 3;
                public int getSize() { return size; }
                public void setSize(int size) { this.size = size; }
                @Generator public Iterable<Integer> getNumbers() {
                    for (int i = 0; i < size; i++) { Gen.yield(i); }
                    return null;
                }
                @Generator public Iterator<Integer> setAll() {
                    for (int i = 0; i < size; i++) { Gen.yield(size); }
                    return null;
                }
                @Generator Gen<Integer> setGently() {
                    for (int i = 0; i < size; i++) { Gen.yield(size); }
                    return Gen.end();
                }
                @Async public CompletableFuture<Integer> getTotal() {
                    int total = await(CompletableFuture.completedFuture(size));
                    return CompletableFuture.completedFuture(total + size);
                }
                @Async public Coroutine<Boolean> isReady(int after) { return Coroutine.of(await(Coroutine.of(after > size))); }
                @Async public Coroutine<Bean> withSize(int size) {
                    this.size = await(Coroutine.of(size));
                    return Coroutine.of(this);
                }
                @Generator public static Gen<Bean> of(int n) {
                    for (int i = 0; i < n; i++) { Gen.yield(new Bean()); }
                    return Gen.end();
                }
                @Generator public static Gen<Bean> valueOf() { Gen.yield(new Bean()); return Gen.end(); }
                @Generator public static Gen<Bean> fromString() { Gen.yield(new Bean()); return Gen.end(); }
                @org.springframework.context.annotation.Bean public Supplier<Coroutine<Integer>> supplier() {
                    return () -> Coroutine.of(await(Coroutine.of(size)) + 1);
                }
                @Async @EventListener public CompletableFuture<String> heard(String event) {
                    return CompletableFuture.completedFuture(await(CompletableFuture.completedFuture(event)));
                }
            }
            """;
    private static final String CONTRACT = "package app;\n" + Application.IMPORTS
            + """
            public interface Contract {
                @Generator default Iterable<Integer> getNumbers() { Gen.yield(hashCode()); return null; }
                @Async default Coroutine<Integer> load(int key) { return Coroutine.of(await(Coroutine.of(key)) + hashCode()); }
                @Async static Coroutine<Integer> twice(int n) { return Coroutine.of(await(Coroutine.of(n)) + n); }
            }
            """;

    @TempDir
    private Path directory;

    private URLClassLoader plain;
    private URLClassLoader rewritten;

    @BeforeEach
    void compile() throws Exception {
        plain = loader(compile("plain"));
        Path classes = compile("rewritten");
        assertEquals(2, new DirectoryWeaver(new Weaver(), d -> {}).weave(classes).woven());
        rewritten = loader(classes);
    }

    private Path compile(String folder) throws Exception {
        return Application.compile(
                directory.resolve(folder), List.of("-parameters", "-cp", System.getProperty("java.class.path")), BEAN, CONTRACT);
    }

    private static URLClassLoader loader(Path classes) throws Exception {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, FrameworkScansTest.class.getClassLoader());
    }

    @AfterEach
    void close() throws Exception {
        plain.close();
        rewritten.close();
    }

    private interface Scan {
        Object of(Class<?> type, ClassLoader loader) throws Exception;
    }

    /** What a scan finds must be something, and the same in both. */
    private void same(String name, Scan scan) throws Exception {
        String expected = scan.of(plain.loadClass(name), plain).toString();
        assertTrue(expected.length() > 2, expected);
        assertEquals(expected, scan.of(rewritten.loadClass(name), rewritten).toString());
    }

    @Test
    void should_find_the_same_properties_when_jackson_looks() throws Exception {
        JsonMapper mapper = JsonMapper.builder()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        same("app.Bean", (type, loader) -> {
            JavaType bean = mapper.constructType(type);
            var serialization = mapper.serializationConfig();
            var deserialization = mapper.deserializationConfig();
            ClassIntrospector writing = serialization.classIntrospectorInstance();
            ClassIntrospector reading = deserialization.classIntrospectorInstance();
            return Stream.concat(
                            writing.introspectForSerialization(bean, writing.introspectClassAnnotations(bean)).findProperties().stream(),
                            reading.introspectForDeserialization(bean, reading.introspectClassAnnotations(bean)).findProperties().stream())
                    .map(FrameworkScansTest::describe)
                    .toList();
        });
    }

    private static String describe(BeanPropertyDefinition property) {
        return property.getName() + " " + property.hasGetter() + property.hasSetter() + property.hasField() + " "
                + (property.hasSetter() ? property.getSetter().getMember() : "");
    }

    @Test
    void should_write_and_read_the_same_json_when_a_bean_has_generators() throws Exception {
        JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        Class<?> bean = rewritten.loadClass("app.Bean");
        record Shown(Object value) {}
        Object read = mapper.readValue("{\"size\":2}", bean);
        String written = mapper.writeValueAsString(new Shown(bean.getMethod("getNumbers").invoke(read)));
        assertEquals("{\"value\":[0,1]}", written);
    }

    @Test
    void should_find_the_same_beans_and_listeners_when_spring_looks() throws Exception {
        same("app.Bean", (type, loader) -> MethodIntrospector.selectMethods(
                        type,
                        (MethodIntrospector.MetadataLookup<Object>) method -> {
                            var annotations = MergedAnnotations.from(method).stream()
                                    .map(annotation -> annotation.getType().getSimpleName())
                                    .toList();
                            return annotations.isEmpty() ? null : annotations;
                        })
                .entrySet().stream()
                .map(Object::toString)
                .sorted()
                .toList());
        same("app.Bean", (type, loader) -> {
            var scanner = new ClassPathScanningCandidateComponentProvider(true);
            scanner.setResourceLoader(new DefaultResourceLoader(loader));
            return scanner.findCandidateComponents("app").stream()
                    .map(found -> found.getBeanClassName() + " " + new TreeMap<>(
                            ((AnnotatedBeanDefinition) found)
                                    .getMetadata().getAnnotatedMethods("org.springframework.context.annotation.Bean").stream()
                                    .collect(Collectors.toMap(m -> m.getMethodName(), m -> m.getReturnTypeName()))))
                    .toList();
        });
        same("app.Bean", (type, loader) -> Stream.of("setAll", "setGently", "withSize", "getTotal", "heard", "of", "valueOf", "setSize")
                .map(name -> name + BeanUtils.findMethodWithMinimalParameters(type, name))
                .toList());
    }

    @Test
    void should_find_the_same_properties_when_the_jdk_looks() throws Exception {
        same("app.Bean", (type, loader) -> Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
                .map(property -> property.getName() + property.getReadMethod() + property.getWriteMethod())
                .toList());
        same("app.Contract", (type, loader) -> Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
                .map(property -> property.getName() + property.getReadMethod() + property.getWriteMethod())
                .toList());
    }

    /** As JAX-RS, CDI, Guice and JUnit look: for what carries an annotation that can be seen at run time. */
    @Test
    void should_find_the_same_annotations_when_somebody_looks_for_any() throws Exception {
        for (String name : List.of("app.Bean", "app.Contract")) {
            same(name, (type, loader) -> name + Stream.<AnnotatedElement>concat(
                            Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields())),
                            Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredClasses())))
                    .filter(element -> element.getAnnotations().length > 0)
                    .map(element -> element + Arrays.toString(element.getAnnotations()))
                    .sorted()
                    .toList());
        }
    }

    @Test
    void should_find_the_same_public_members_when_it_is_a_class() throws Exception {
        same("app.Bean", (type, loader) -> Stream.<Member>concat(
                        Stream.of(type.getMethods()), Stream.concat(Stream.of(type.getFields()), Stream.of(type.getConstructors())))
                .map(Object::toString)
                .sorted()
                .toList());
    }

    /** In an interface everything is public but what is private, and a frame could not call that. */
    @Test
    void should_find_nothing_more_to_implement_when_it_is_an_interface() throws Exception {
        for (Method method : rewritten.loadClass("app.Contract").getMethods()) {
            assertTrue(
                    !Modifier.isAbstract(method.getModifiers())
                            && (Arrays.stream(method.getParameterTypes()).noneMatch(p -> p.getName().endsWith("$$Frame"))
                                    || method.getReturnType() == Object.class && method.getAnnotations().length == 0),
                    method::toString);
        }
    }

    @Test
    void should_list_members_in_the_order_of_the_source_when_a_class_is_rewritten() throws Exception {
        List<String> before = order(plain);
        List<String> after = order(rewritten);
        assertTrue(before.size() > 10, before::toString);
        assertEquals(before, after.subList(0, before.size()));
        assertTrue(after.size() > before.size() && after.subList(before.size(), after.size()).stream().allMatch(m -> m.contains("$$Frame;)")), after::toString);
    }

    /** The members in the order of the class file, which the JVM starts from. */
    private static List<String> order(ClassLoader loader) throws Exception {
        try (var in = loader.getResourceAsStream("app/Bean.class")) {
            var type = new ClassNode();
            new ClassReader(in).accept(type, 0);
            return type.methods.stream().map(method -> method.name + method.desc).toList();
        }
    }
}
