package dev.backstitch.tests.storms;

import dev.backstitch.Storm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of a jar, in a JVM of its own: {@code SuiteMain TESTS.jar RESULT [CLASS-NAME-PATTERN [EXCLUDED-PATTERN]]}.
 * Writes a line for each test, {@code STATUS, unique id}, and how many methods ran in a storm, and were suspended.
 */
public final class SuiteMain implements TestExecutionListener {
    static final String COUNTS = "counts";

    private static final Pattern RESOURCE = Pattern.compile("\\[\\d+] (?:.*= ?)?((?:jrt|jar|file):.*)");
    private static final Pattern NUMBER = Pattern.compile("#\\d+(?=]$)");

    private final Map<String, String> results = new TreeMap<>();

    private SuiteMain() {}

    public static void main(String[] args) throws IOException {
        unpackResources(Path.of(args[0]), Path.of("src/test/resources").toAbsolutePath());
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(args[0]))))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
        if (args.length > 2) {
            request.filters(ClassNameFilter.includeClassNamePatterns(args[2]));
        }
        if (args.length > 3) {
            request.filters(ClassNameFilter.excludeClassNamePatterns(Arrays.copyOfRange(args, 3, args.length)));
        }
        SuiteMain results = new SuiteMain();
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, results);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
            results.results.forEach((id, status) -> out.println(status + "\t" + id));
            out.println(COUNTS + "\t" + Storm.methods() + "\t" + Storm.suspensions());
        }
        System.exit(0); // whatever threads the tests have left
    }

    /** Some tests read files where they are in the library's own build. */
    private static void unpackResources(Path jar, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && file.startsWith(directory)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        // Containers too: what fails there keeps tests from running.
        if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            results.put(idOf(test), result.getStatus().toString());
            result.getThrowable().filter(t -> result.getStatus() == TestExecutionResult.Status.FAILED).ifPresent(t -> {
                System.out.println("FAILED " + idOf(test));
                t.printStackTrace(System.out);
            });
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        results.put(idOf(test), "SKIPPED");
    }

    private static String idOf(TestIdentifier test) {
        return id(test.getUniqueId(), test.getDisplayName());
    }

    /**
     * What names a test in both runs. One that is run for each resource of a name goes by the resource, not by its number:
     * every JVM has another order of those of its modules.
     */
    static String id(String uniqueId, String displayName) {
        Matcher resource = RESOURCE.matcher(displayName);
        String id = resource.matches()
                ? NUMBER.matcher(uniqueId).replaceFirst(Matcher.quoteReplacement(resource.group(1)))
                : uniqueId;
        return id.replaceAll("\\s", " ");
    }
}
