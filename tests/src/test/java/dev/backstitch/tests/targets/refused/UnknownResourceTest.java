package dev.backstitch.tests.targets.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.hierarchy.ClassSource;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.tests.harness.WeavingResults;
import dev.backstitch.tests.targets.exceptions.ModernResourcesTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of resources whose class files cannot be found. */
class UnknownResourceTest {
    private static final Map<String, byte[]> CLASSES = WeavingResults.originalsOf(ModernResourcesTarget.class);
    private static final String OUTER = ModernResourcesTarget.class.getName().replace('.', '/');

    private static WeaveResult woven(ClassSource source) {
        return new Weaver().weave(CLASSES.get(OUTER), TypeHierarchy.of(source));
    }

    private static List<String> warnings(WeaveResult result) {
        return result.diagnostics().stream().map(d -> d.code().id() + " " + d.detail()).distinct().sorted().toList();
    }

    @Test
    void should_weave_with_a_warning_when_a_type_is_not_found() {
        WeaveResult result = woven(name -> null);
        assertEquals(Outcome.WOVEN, result.outcome());
        assertEquals(
                List.of(
                        "BST-505 " + ModernResourcesTarget.class.getName() + "$Named",
                        "BST-505 " + ModernResourcesTarget.class.getName() + "$Res"),
                warnings(result));
        assertTrue(result.diagnostics().get(0).location().line() > 0);
        assertEquals(DiagnosticCode.UNKNOWN_RESOURCE, result.diagnostics().get(0).code());
    }

    @Test
    void should_warn_when_only_a_supertype_is_not_found() {
        Map<String, byte[]> some = new HashMap<>(CLASSES);
        some.remove(OUTER + "$Named");
        assertEquals(
                List.of(
                        "BST-505 " + ModernResourcesTarget.class.getName() + "$Named",
                        "BST-505 " + ModernResourcesTarget.class.getName() + "$Res"),
                warnings(woven(some::get)));
    }

    @Test
    void should_not_need_the_class_file_of_the_runtime() {
        assertEquals(List.of(), warnings(woven(CLASSES::get)));
    }

    @Test
    void should_warn_when_a_class_file_is_damaged() {
        Map<String, byte[]> some = new HashMap<>(CLASSES);
        some.put(OUTER + "$Named", new byte[] {1, 2, 3});
        assertEquals(2, warnings(woven(some::get)).size());
    }
}
