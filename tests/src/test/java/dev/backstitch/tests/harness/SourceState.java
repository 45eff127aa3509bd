package dev.backstitch.tests.harness;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Of which sources the program that runs was built. */
final class SourceState {
    /** When this JVM started; a run takes hours, and meanwhile the sources may become others. */
    private static final Instant START =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()).truncatedTo(ChronoUnit.SECONDS);

    private SourceState() {}

    /** The day this JVM was started. */
    static LocalDate date() {
        return LocalDate.ofInstant(START, ZoneOffset.UTC);
    }

    /**
     * The commit that was checked out when this JVM started, in short, with {@code +} if files have been changed that are
     * not committed; those of {@code docs}, where results are written, do not count. Empty where there is no repository.
     */
    static Optional<String> commit() {
        return git(0, "rev-parse", "--short", "HEAD@{" + START + "}")
                // Where git keeps no log of what was checked out.
                .or(() -> git(0, "rev-parse", "--short", "HEAD"))
                .map(commit -> commit + git(1, "diff", "--quiet", "HEAD", "--", ":/", ":(top,exclude)docs").map(changed -> "+")
                        .orElse(""));
    }

    /** What git writes, if it ends with this status. */
    private static Optional<String> git(int status, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("").toAbsolutePath().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = process.getInputStream()) {
                String written = new String(out.readAllBytes()).strip();
                return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == status
                        ? Optional.of(written)
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
