package dev.backstitch.tests.storms;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The verifier of the JDK's class file API, in Java 24 and later: a second implementation of the JVM's rules. */
final class ClassFileApi {
    private final Method of;
    private final Method verify;
    private final Method ofResources;
    private final Method cached;
    private final Class<?> option;
    private final Class<?> hierarchyOption;

    private ClassFileApi() throws ReflectiveOperationException {
        Class<?> api = Class.forName("java.lang.classfile.ClassFile");
        Class<?> resolver = Class.forName("java.lang.classfile.ClassHierarchyResolver");
        option = Class.forName("java.lang.classfile.ClassFile$Option");
        hierarchyOption = Class.forName("java.lang.classfile.ClassFile$ClassHierarchyResolverOption");
        of = api.getMethod("of", option.arrayType());
        verify = api.getMethod("verify", byte[].class);
        ofResources = resolver.getMethod("ofResourceParsing", Function.class);
        cached = resolver.getMethod("cached");
    }

    /** Null before Java 24. */
    static ClassFileApi ifPresent() {
        try {
            return new ClassFileApi();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /**
     * What is wrong with a class file.
     *
     * @param first class files by internal name, which {@code second} has not, or not these
     */
    List<String> problemsOf(byte[] classFile, Map<String, byte[]> first, Map<String, byte[]> second) {
        Function<ClassDesc, InputStream> source = type -> {
            String descriptor = type.descriptorString();
            String name = descriptor.substring(1, descriptor.length() - 1);
            byte[] bytes = first.getOrDefault(name, second.get(name));
            return bytes == null
                    ? ClassFileApi.class.getClassLoader().getResourceAsStream(name + ".class")
                    : new ByteArrayInputStream(bytes);
        };
        try {
            Object resolver = cached.invoke(ofResources.invoke(null, source));
            Object options = Array.newInstance(option, 1);
            Array.set(options, 0, hierarchyOption.getMethod("of", cached.getDeclaringClass()).invoke(null, resolver));
            List<?> errors = (List<?>) verify.invoke(of.invoke(null, options), (Object) classFile);
            return errors.stream().map(Object::toString).toList();
        } catch (InvocationTargetException e) {
            return List.of("verifier: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
