package dev.backstitch.tests.docs;

import dev.backstitch.tests.harness.ProofResult;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/proof.md}: a section for each result below {@code docs/proof}. */
class ProofPageTest {
    private static final String HEAD = """
            <!-- Rendered from docs/proof by ProofPageTest. Do not edit. -->
            # Proof

            Where the guarantee comes from that a rewritten method does what it says: oracles that were not written for this
            project. A short part of each, with fixed seeds, is among the ordinary tests. These are the results of the long
            runs, each with the command that makes it; with `-Dbackstitch.proof=write` it writes its figures below `docs/proof`,
            and `mvn -q -B test -pl tests -am -Dtest=ProofPageTest -Dbackstitch.docs=write` renders this page.

            """;

    @Test
    void should_show_every_result_when_the_page_is_rendered() {
        String sections = ProofResult.all().stream().map(ProofResult::section).collect(Collectors.joining("\n"));
        new Page("docs/proof.md", HEAD + sections).check();
    }
}
