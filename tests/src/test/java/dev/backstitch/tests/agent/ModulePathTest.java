package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathTest {
    @TempDir
    Path directory;

    @Test
    void should_weave_when_a_named_module_requires_the_runtime() throws Exception {
        Path module = Application.compileModule(
                directory.resolve("app"), "module app { requires dev.backstitch.runtime; }", Application.EVERY_KIND);
        String output = new Jvm(directory)
                .weaving()
                .modulePath(module)
                .run("-m", "app/app.EveryKind")
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_weave_when_a_named_module_finds_the_runtime_on_the_class_path() throws Exception {
        Path module = Application.compile(
                directory.resolve("app"),
                List.of("-cp", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)), "--add-reads", "app=ALL-UNNAMED"),
                "module app { }",
                Application.EVERY_KIND);
        String output = new Jvm(directory)
                .weaving()
                .classPath()
                .with("-p", module.toString())
                .run("-m", "app/app.EveryKind")
                .quietOutput();
        assertEquals(Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_weave_when_a_named_module_is_in_a_layer_of_its_own() throws Exception {
        Path module = Application.compileModule(
                directory.resolve("plugin"),
                "module app { requires dev.backstitch.runtime; exports app; }",
                Application.EVERY_KIND);
        Path host = Application.compileModule(
                directory.resolve("host"),
                "module host { requires dev.backstitch.runtime; }",
                """
                package host;
                import java.lang.module.*;
                import java.nio.file.Path;
                import java.util.Set;
                public class Host {
                    public static void main(String[] args) throws Exception {
                        ModuleLayer boot = ModuleLayer.boot();
                        Configuration configuration = boot.configuration()
                                .resolve(ModuleFinder.of(Path.of(args[0])), ModuleFinder.of(), Set.of("app"));
                        Class<?> type = boot.defineModulesWithOneLoader(configuration, Host.class.getClassLoader())
                                .findLoader("app").loadClass("app.EveryKind");
                        System.out.println(type.getModule().isNamed() + " " + type.getMethod("all").invoke(null));
                    }
                }
                """);
        String output = new Jvm(directory)
                .weaving()
                .modulePath(host)
                .run("-m", "host/host.Host", module.toString())
                .quietOutput();
        assertEquals("true " + Application.EVERY_KIND_OUTPUT, output);
    }

    @Test
    void should_export_every_package_when_the_runtime_is_a_module() {
        for (Path jar : List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS)) {
            ModuleDescriptor module =
                    ModuleFinder.of(jar).findAll().iterator().next().descriptor();
            Set<String> exported = module.exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(new TreeSet<>(module.packages()), exported, module.name());
        }
    }
}
