package dev.backstitch.tests.targets;

import dev.backstitch.tests.harness.Covers;
import dev.backstitch.tests.harness.Language;
import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.TargetSource;
import dev.backstitch.tests.harness.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every target, as the build compiled it and as every compiler, release and set of options at hand compiles it: each case
 * gives the same events rewritten as on the reference, whatever is pending and wherever its driver intervenes.
 */
class TargetsTest {

    @TestFactory
    @Covers(23)
    Stream<DynamicContainer> should_behave_as_the_reference_when_rewritten() {
        return Targets.all().map(TargetsTest::ofTarget);
    }

    private static DynamicContainer ofTarget(Class<?> target) {
        TargetSource source = TargetSource.of(target);
        List<DynamicContainer> runs = new ArrayList<>();
        runs.add(container("as built", () -> TargetRun.of(target)));
        for (Variant variant : Variant.available()) {
            if (language(target) <= variant.release()) {
                runs.add(container(variant.name(), () -> {
                    variant.compileAll(sourcesFor(variant));
                    return TargetRun.of(target.getName(), source, variant);
                }));
            }
        }
        return DynamicContainer.dynamicContainer(target.getSimpleName(), runs);
    }

    private static List<Path> sourcesFor(Variant variant) {
        return Targets.all()
                .filter(target -> language(target) <= variant.release())
                .map(target -> TargetSource.of(target).path())
                .toList();
    }

    private static int language(Class<?> target) {
        Language language = target.getAnnotation(Language.class);
        return language == null ? 8 : language.value();
    }

    private interface Loading {
        TargetRun load();
    }

    private static DynamicContainer container(String name, Loading loading) {
        return DynamicContainer.dynamicContainer(name, Stream.of(loading)
                .flatMap(l -> {
                    try {
                        return l.load().checks();
                    } catch (Throwable t) {
                        return Stream.of(new TargetRun.Check("loads", () -> {
                            throw t;
                        }));
                    }
                })
                .map(check -> DynamicTest.dynamicTest(check.name(), check.body())));
    }
}
