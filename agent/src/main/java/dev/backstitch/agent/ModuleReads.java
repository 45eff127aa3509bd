package dev.backstitch.agent;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets named modules read the runtime. A module that was compiled against it does already, unless the runtime is on the
 * class path; the JVM would add that only after the transformation, which is too late for the frames. Thread-safe.
 */
final class ModuleReads {
    private static final String RUNTIME = "dev.backstitch.runtime";

    private final Instrumentation instrumentation;

    ModuleReads(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Makes {@code module}, in {@code loader}, read wherever the runtime may be. */
    void ensure(Module module, ClassLoader loader) {
        if (!module.isNamed()) {
            return;
        }
        Set<Module> missing = new HashSet<>();
        Module runtime = module.getLayer() == null
                ? null
                : module.getLayer().findModule(RUNTIME).orElse(null);
        if (runtime != null) {
            missing.add(runtime);
        } else {
            missing.add(loader.getUnnamedModule());
            missing.add(ClassLoader.getSystemClassLoader().getUnnamedModule());
        }
        missing.removeIf(module::canRead);
        if (!missing.isEmpty()) {
            instrumentation.redefineModule(module, missing, Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
