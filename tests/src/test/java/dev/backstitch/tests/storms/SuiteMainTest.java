package dev.backstitch.tests.storms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SuiteMainTest {
    private static final String TEMPLATE = "[class:T]/[test-template:test(java.net.URL)]/[test-template-invocation:";

    @Test
    void should_name_a_test_by_its_resource_when_it_is_run_for_each_of_them() {
        String id = TEMPLATE + "jrt:/java.base/module-info.class]";
        assertEquals(id, SuiteMain.id(TEMPLATE + "#58]", "[58] jrt:/java.base/module-info.class"));
        assertEquals(id, SuiteMain.id(TEMPLATE + "#59]", "[59] url = jrt:/java.base/module-info.class"));
    }

    @Test
    void should_name_a_test_by_its_number_when_it_is_run_for_something_else() {
        assertEquals(TEMPLATE + "#58]", SuiteMain.id(TEMPLATE + "#58]", "[58] a"));
    }
}
