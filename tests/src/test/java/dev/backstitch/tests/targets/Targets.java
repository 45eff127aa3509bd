package dev.backstitch.tests.targets;

import dev.backstitch.tests.targets.control.LoopsTarget;
import dev.backstitch.tests.targets.control.ModernSwitchTarget;
import dev.backstitch.tests.targets.control.SwitchTarget;
import dev.backstitch.tests.targets.exceptions.AsyncExitsTarget;
import dev.backstitch.tests.targets.exceptions.AsyncResourcesTarget;
import dev.backstitch.tests.targets.exceptions.ModernResourcesTarget;
import dev.backstitch.tests.targets.exceptions.ResourcesTarget;
import dev.backstitch.tests.targets.exceptions.TryTarget;
import dev.backstitch.tests.targets.kinds.AsyncGeneratorsTarget;
import dev.backstitch.tests.targets.kinds.CallsTarget;
import dev.backstitch.tests.targets.kinds.CoroutinesTarget;
import dev.backstitch.tests.targets.kinds.DeepTarget;
import dev.backstitch.tests.targets.kinds.GeneratorsTarget;
import dev.backstitch.tests.targets.kinds.PublishersTarget;
import dev.backstitch.tests.targets.kinds.TasksTarget;
import dev.backstitch.tests.targets.locals.LocalsTarget;
import dev.backstitch.tests.targets.methods.AccessTarget;
import dev.backstitch.tests.targets.methods.LambdasTarget;
import dev.backstitch.tests.targets.methods.MethodsTarget;
import dev.backstitch.tests.targets.methods.ModernMethodsTarget;
import dev.backstitch.tests.targets.stack.NewTarget;
import dev.backstitch.tests.targets.stack.OperandsTarget;
import java.util.List;
import java.util.stream.Stream;

/** The list of targets, by topic. */
public final class Targets {
    static final List<Class<?>> ALL = List.of(
            GeneratorsTarget.class,
            DeepTarget.class,
            PublishersTarget.class,
            TasksTarget.class,
            CoroutinesTarget.class,
            CallsTarget.class,
            AsyncGeneratorsTarget.class,
            OperandsTarget.class,
            NewTarget.class,
            LocalsTarget.class,
            TryTarget.class,
            ResourcesTarget.class,
            AsyncResourcesTarget.class,
            AsyncExitsTarget.class,
            ModernResourcesTarget.class,
            LoopsTarget.class,
            SwitchTarget.class,
            ModernSwitchTarget.class,
            MethodsTarget.class,
            AccessTarget.class,
            LambdasTarget.class,
            ModernMethodsTarget.class);

    private Targets() {}

    /** All of them, with the one that cannot be imported because it is in no package. */
    public static Stream<Class<?>> all() {
        try {
            return Stream.concat(ALL.stream(), Stream.of(Class.forName("DefaultPackageTarget")));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
