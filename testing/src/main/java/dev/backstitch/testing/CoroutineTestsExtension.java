package dev.backstitch.testing;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives {@link CoroutineTests} what it makes its tests of. */
final class CoroutineTestsExtension implements ParameterResolver {
    CoroutineTestsExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CoroutineTestClass.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        List<Object> outer = context.getRequiredTestInstances().getEnclosingInstances();
        return new CoroutineTestClass(
                context.getRequiredTestClass(), outer.isEmpty() ? null : outer.get(outer.size() - 1));
    }
}
