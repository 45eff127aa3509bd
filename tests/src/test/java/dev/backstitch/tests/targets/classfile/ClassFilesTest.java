package dev.backstitch.tests.targets.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.DiagnosticCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine does with class files that it should leave alone, or cannot read. */
class ClassFilesTest {
    private final Weaver weaver = new Weaver();

    private static byte[] read(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, Thread.class, java.util.stream.Collectors.class, ClassFilesTest.class, Override.class})
    void should_not_touch_a_class_that_has_nothing_to_do_with_us(Class<?> type) throws IOException {
        byte[] original = read(type);
        WeaveResult result = weaver.weave(original);
        assertEquals(Outcome.UNTOUCHED, result.outcome());
        assertSame(original, result.classFile());
        assertEquals(List.of(), result.diagnostics());
    }

    @Test
    void should_refuse_a_class_that_has_been_rewritten() throws IOException {
        byte[] once = weaver.weave(read(MetadataTarget.class)).classFile();
        WeaveResult again = weaver.weave(once);
        assertEquals(Outcome.REFUSED, again.outcome());
        assertEquals(DiagnosticCode.ALREADY_WOVEN, again.diagnostics().get(0).code());
        assertSame(once, again.classFile());
    }

    @Test
    void should_not_touch_the_frames_it_made() throws IOException {
        WeaveResult result = weaver.weave(read(MetadataTarget.class));
        assertEquals(Outcome.WOVEN, result.outcome());
        result.frames().forEach((name, frame) -> assertSame(frame, weaver.weave(frame).classFile(), name));
    }

    @Test
    void should_give_the_same_bytes_each_time() throws IOException {
        byte[] original = read(MetadataTarget.class);
        byte[] before = original.clone();
        WeaveResult one = weaver.weave(original);
        WeaveResult two = new Weaver().weave(before);
        assertEquals(Arrays.hashCode(before), Arrays.hashCode(original));
        assertEquals(Arrays.toString(one.classFile()), Arrays.toString(two.classFile()));
        assertEquals(one.frames().keySet(), two.frames().keySet());
        one.frames().forEach((name, frame) ->
                assertEquals(Arrays.toString(frame), Arrays.toString(two.frames().get(name)), name));
    }

    @Test
    void should_refuse_a_class_file_that_is_cut_short() throws IOException {
        byte[] whole = read(MetadataTarget.class);
        assertUnreadable(Arrays.copyOf(whole, whole.length - 40));
    }

    /** Case 58: what javac writes with {@code --enable-preview} has a minor version of its own. */
    @Test
    void should_keep_the_mark_of_preview_features_when_a_class_uses_them() throws IOException {
        byte[] original = read(MetadataTarget.class);
        original[4] = (byte) 0xff;
        original[5] = (byte) 0xff;
        WeaveResult result = weaver.weave(original);
        assertEquals(Outcome.WOVEN, result.outcome());
        assertEquals(
                Arrays.toString(Arrays.copyOf(original, 8)), Arrays.toString(Arrays.copyOf(result.classFile(), 8)));
    }

    @Test
    void should_refuse_a_class_file_from_the_future() throws IOException {
        byte[] future = read(MetadataTarget.class);
        future[7] = (byte) 200;
        assertUnreadable(future);
    }

    private void assertUnreadable(byte[] classFile) {
        WeaveResult result = weaver.weave(classFile);
        assertEquals(Outcome.REFUSED, result.outcome());
        assertEquals(DiagnosticCode.UNREADABLE, result.diagnostics().get(0).code());
        assertSame(classFile, result.classFile());
    }
}
