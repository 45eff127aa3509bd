package dev.backstitch.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** What the page says of the sources that figures are of. */
class ProofResultTest {
    private static final String OLD = """
            title=Title
            about=About.
            command=mvn
            jdk=A JVM
            columns=what | figure
            row.1=a | 1
            row.2=b | 2
            """;

    private static final String NEW = """
            title=Title
            about=About.
            command=mvn
            jdk=A JVM
            commit=1234567
            date=2026-11-29
            columns=what | figure
            row.1=b | 3
            row.2=c | 4
            note.1=A note.
            """;

    @Test
    void should_say_nothing_of_a_commit_when_none_was_recorded() throws IOException {
        assertTrue(read(OLD).section().endsWith("| b | 2 |\n\nMeasured on A JVM.\n"), read(OLD)::section);
    }

    @Test
    void should_say_commit_and_date_when_they_were_recorded() throws IOException {
        assertTrue(
                read(NEW).section().endsWith("| c | 4 |\n\nMeasured on A JVM, commit 1234567, 2026-11-29. A note.\n"),
                read(NEW)::section);
        assertEquals(NEW, read(NEW).text());
    }

    @Test
    void should_say_which_rows_are_of_other_runs_when_a_part_was_run_again() throws IOException {
        ProofResult first = read(NEW);
        first.keep(read(OLD));
        ProofResult second = read(NEW.replace("1234567", "89abcde").replace("=b |", "=d |"));
        second.keep(read(first.text()));
        assertTrue(
                second.section().endsWith("""
                        | a | 1 |
                        | b | 3 |
                        | c | 4 |
                        | d | 3 |

                        Measured on A JVM, commit 89abcde, 2026-11-29. Of other runs: a (commit not recorded); b (commit 1234567, 2026-11-29). A note.
                        """),
                second::section);
        assertEquals(second.text(), read(second.text()).text());
    }

    private static ProofResult read(String file) throws IOException {
        return new ProofResult(new StringReader(file));
    }

    @Test
    void should_name_a_commit_or_nothing_when_git_is_asked() {
        SourceState.commit().ifPresent(commit -> assertTrue(commit.matches("[0-9a-f]{7,40}\\+?"), commit));
    }
}
