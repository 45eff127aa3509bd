package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A part of what {@link LongStormRun} rewrites. */
class CorpusTest {
    @Test
    void should_be_verified_when_it_is_of_this_jdk() throws Exception {
        CorpusCount count = StormCorpus.module("java.base", 100);
        assertEquals(List.of(), count.failures);
        assertTrue(count.methods > 200, count::toString);
        assertTrue(ClassFileApi.ifPresent() == null || count.verified > 20, count::toString);
    }

    @Test
    void should_be_linked_by_the_jvm_when_it_is_of_a_jar() throws Exception {
        CorpusCount count = StormCorpus.jar(ClassPath.jar("commons-lang3"), getClass().getClassLoader(), 10);
        assertEquals(List.of(), count.failures);
        assertTrue(count.methods > 300, count::toString);
        assertTrue(count.verified > 20, count::toString);
    }
}
