package dev.backstitch.testing;

import dev.backstitch.Coroutine;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The coroutines among the tests of a class; see {@link CoroutineTests}. */
public final class CoroutineTestClass {
    private final Class<?> type;
    /** What an inner class is made with; null for others. */
    private final Object outer;

    CoroutineTestClass(Class<?> type, Object outer) {
        this.type = type;
        this.outer = outer;
    }

    Stream<DynamicTest> stream() {
        List<Method> tests = AnnotationSupport.findAnnotatedMethods(
                type, CoroutineTest.class, HierarchyTraversalMode.TOP_DOWN);
        if (tests.isEmpty()) {
            throw new IllegalStateException(type.getName() + " implements CoroutineTests and has no @CoroutineTest");
        }
        return tests.stream().sorted(Comparator.comparing(Method::getName)).map(this::test);
    }

    private DynamicTest test(Method method) {
        if (!Coroutine.class.isAssignableFrom(method.getReturnType()) || Modifier.isStatic(method.getModifiers())) {
            throw new IllegalStateException("a @CoroutineTest is an instance method that returns a Coroutine: " + method);
        }
        String parameters = Arrays.stream(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(", "));
        var source = URI.create(("method:" + type.getName() + "#" + method.getName() + "(" + parameters + ")").replace(" ", ""));
        var interleavings = Interleavings.of(method.getAnnotation(CoroutineTest.class), method.getName());
        return DynamicTest.dynamicTest(
                method.getName(), source, () -> interleavings.runLoops(loop -> runOnce(method, loop)));
    }

    private void runOnce(Method method, TestLoop loop) throws Throwable {
        Object test = newInstance();
        callAll(BeforeEach.class, HierarchyTraversalMode.TOP_DOWN, test, loop);
        Throwable failure = null;
        try {
            var coroutine = (Coroutine<?>) call(method, test, loop);
            if (coroutine != null) { // null is a coroutine that has returned nothing
                loop.runUntilComplete(coroutine);
            }
        } catch (Throwable t) {
            failure = t;
        }
        try {
            callAll(AfterEach.class, HierarchyTraversalMode.BOTTOM_UP, test, loop);
        } catch (Throwable t) {
            if (failure == null) {
                failure = t;
            } else {
                failure.addSuppressed(t);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Object newInstance() {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (outer == null ? constructor.getParameterCount() == 0 : isInner(constructor)) {
                return outer == null
                        ? ReflectionSupport.newInstance(type)
                        : ReflectionSupport.newInstance(type, outer);
            }
        }
        throw new IllegalStateException(type.getName()
                + " needs a constructor without parameters: every run of a @CoroutineTest has an instance of its own");
    }

    private boolean isInner(Constructor<?> constructor) {
        return constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isInstance(outer);
    }

    private void callAll(
            Class<? extends java.lang.annotation.Annotation> annotation,
            HierarchyTraversalMode mode,
            Object test,
            TestLoop loop) {
        for (Method method : AnnotationSupport.findAnnotatedMethods(type, annotation, mode)) {
            call(method, test, loop);
        }
    }

    private static Object call(Method method, Object test, TestLoop loop) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> wanted = method.getParameterTypes()[i];
            arguments[i] = Parameters.of(loop, wanted);
            if (arguments[i] == null) {
                throw new IllegalStateException("no value for the parameter of type " + wanted.getName() + " of " + method);
            }
        }
        return ReflectionSupport.invokeMethod(method, test, arguments);
    }
}
