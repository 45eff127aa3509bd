package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.hierarchy.ClassSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part of what {@link LongStormRun} rewrites. */
class CorpusTest {
    @Test
    void should_be_verified_when_it_is_of_this_jdk() throws Exception {
        CorpusCount count = StormCorpus.javaBase(CorpusClasses.ofModule("java.base"), 100, null);
        assertEquals(List.of(), count.failures);
        assertTrue(count.methods > 200, count::toString);
        assertTrue(ClassFileApi.ifPresent() == null || count.verified > 20, count::toString);
    }

    @Test
    void should_be_linked_by_the_jvm_when_it_is_of_a_jar() throws Exception {
        CorpusCount count = StormCorpus.jar(ClassPath.jar("commons-lang3"), getClass().getClassLoader(), new Selection(10));
        assertEquals(List.of(), count.failures);
        assertTrue(count.methods > 300, count::toString);
        assertTrue(count.verified > 20, count::toString);
    }

    /** Some of its points save everything, others what has changed, and for two groups of them that is the same. */
    @Test
    void should_save_at_every_point_when_groups_of_points_save_alike() throws Exception {
        Class<?> type = Class.forName("org.eclipse.jdt.internal.compiler.ast.EqualExpression");
        Weaver weaver = new Weaver();
        byte[] classFile = type.getResourceAsStream("EqualExpression.class").readAllBytes();
        StormResult made = weaver.storm(classFile, weaver.hierarchyWith(ClassSource.ofLoader(type.getClassLoader())));
        assertEquals(WeaveResult.Outcome.WOVEN, made.result().outcome(), () -> made.result().diagnostics().toString());
        assertEquals(List.of(), made.refusals());
    }
}
