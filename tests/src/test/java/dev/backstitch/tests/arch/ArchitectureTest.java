package dev.backstitch.tests.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.backstitch.Frame;
import dev.backstitch.annotations.Async;
import dev.backstitch.engine.Weaver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/architecture.md} about who may know whom. */
class ArchitectureTest {
    private static final String ENGINE = "dev.backstitch.engine";
    /** In their order. */
    private static final List<String> PASSES =
            List.of("read", "points", "check", "normalize", "plan", "emit", "verify");
    /** What every pass may use. */
    private static final List<String> LAYERS = List.of("model", "diag", "hierarchy", "flow");

    private static final JavaClasses ENGINE_CLASSES = classesBeside(Weaver.class);
    private static final JavaClasses RUNTIME_CLASSES = classesBeside(Frame.class);

    private static JavaClasses classesBeside(Class<?> type) {
        return new ClassFileImporter().importUrl(type.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void should_be_a_pass_or_a_layer_when_it_is_a_package_of_the_engine() {
        Set<String> packages = ENGINE_CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ENGINE))
                .map(name -> name.substring(ENGINE.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(PASSES);
        known.addAll(LAYERS);
        assertEquals(known, packages);
    }

    @Test
    void should_not_know_other_passes_when_it_is_a_pass() {
        for (String pass : PASSES) {
            List<String> others = new ArrayList<>(PASSES);
            others.remove(pass);
            if (pass.equals("emit")) {
                others.remove("plan"); // it writes what was planned
            }
            noClasses()
                    .that().resideInAPackage(packageOf(pass))
                    .should().dependOnClassesThat().resideInAnyPackage(packagesOf(others))
                    .check(ENGINE_CLASSES);
        }
    }

    @Test
    void should_know_no_pass_when_it_is_a_layer() {
        noClasses()
                .that().resideInAnyPackage(packagesOf(LAYERS))
                .should().dependOnClassesThat().resideInAnyPackage(packagesOf(PASSES))
                .check(ENGINE_CLASSES);
    }

    @Test
    void should_have_no_cycle_when_packages_of_the_engine_use_one_another() {
        SlicesRuleDefinition.slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(ENGINE_CLASSES);
    }

    @Test
    void should_be_known_to_the_pipeline_only_when_it_is_a_pass_over_methods() {
        List<String> overMethods = new ArrayList<>(PASSES);
        overMethods.remove("read"); // the façades ask whether, and read what, there is to do
        noClasses()
                .that().resideInAPackage(ENGINE)
                .and().doNotHaveSimpleName("Pipeline")
                .should().dependOnClassesThat().resideInAnyPackage(packagesOf(overMethods))
                .check(ENGINE_CLASSES);
    }

    @Test
    void should_depend_on_asm_and_the_jdk_only_when_it_is_the_engine() {
        classes()
                .that().resideInAPackage(ENGINE + "..")
                .should().onlyDependOnClassesThat().resideInAnyPackage(ENGINE + "..", "org.objectweb.asm..", "java..")
                .check(ENGINE_CLASSES);
    }

    @Test
    void should_depend_on_the_annotations_and_the_jdk_only_when_it_is_the_runtime() {
        String annotations = Async.class.getPackageName();
        noClasses()
                .should().dependOnClassesThat().resideInAnyPackage("org.objectweb.asm..", ENGINE + "..")
                .check(RUNTIME_CLASSES);
        classes()
                .should().onlyDependOnClassesThat().resideInAnyPackage(
                        Frame.class.getPackageName(), "dev.backstitch.loop..", "dev.backstitch.compat..", "dev.backstitch.io..", "dev.backstitch.sync..",
                        annotations, "java..", "jdk..")
                .check(RUNTIME_CLASSES);
    }

    private static String packageOf(String name) {
        return ENGINE + "." + name + "..";
    }

    private static String[] packagesOf(List<String> names) {
        return names.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
    }
}
