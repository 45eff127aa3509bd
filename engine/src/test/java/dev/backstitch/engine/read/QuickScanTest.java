package dev.backstitch.engine.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class QuickScanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/backstitch/Gen",
                "Ldev/backstitch/annotations/Generator;",
                "(JLjava/lang/String;)Ldev/backstitch/Coroutine;",
                "dev/dev/backstitch/",
                "dev/backstitcdev/backstitch/",
                "\u00fcdev/backstitch/"
            })
    void should_find_name_when_it_stands_anywhere_in_a_constant(String constant) {
        assertTrue(QuickScan.mayConcernUs(classWith(constant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "dev.backstitch.Gen", "dev/backstitch", "dev/backstitcH/", "Dev/backstitch/", "dev/backstich/Gen"})
    void should_not_find_name_when_a_constant_only_resembles_it(String constant) {
        assertFalse(QuickScan.mayConcernUs(classWith(constant)));
    }

    @Test
    void should_step_over_entries_of_every_kind_when_name_is_last() {
        ClassWriter writer = everyKindOfConstant();
        writer.newUTF8("dev/backstitch/Gen");
        assertTrue(QuickScan.mayConcernUs(writer.toByteArray()));
        assertFalse(QuickScan.mayConcernUs(everyKindOfConstant().toByteArray()));
    }

    @Test
    void should_not_look_beyond_the_pool() {
        byte[] plain = classWith("x");
        byte[] name = "dev/backstitch/Gen".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] longer = Arrays.copyOf(plain, plain.length + name.length);
        System.arraycopy(name, 0, longer, plain.length, name.length);
        assertFalse(QuickScan.mayConcernUs(longer));
    }

    @Test
    void should_not_join_adjacent_constants() {
        ClassWriter writer = writer();
        writer.newUTF8("dev/back");
        writer.newUTF8("stitch/");
        assertFalse(QuickScan.mayConcernUs(writer.toByteArray()));
    }

    @Test
    void should_search_the_rest_as_text_when_a_tag_is_unknown() {
        byte[] bytes = classWith("dev/backstitch/Gen");
        bytes[10] = 99;
        assertTrue(QuickScan.mayConcernUs(bytes));
        byte[] other = classWith("java/util/List");
        other[10] = 99;
        assertFalse(QuickScan.mayConcernUs(other));
    }

    @Test
    void should_answer_when_class_file_is_cut_short_anywhere() {
        byte[] whole = classWith("dev/backstitch/Gen");
        boolean found = false;
        for (int length = 0; length <= whole.length; length++) {
            boolean now = QuickScan.mayConcernUs(Arrays.copyOf(whole, length));
            assertTrue(now || !found, "found at a shorter length, not at " + length);
            found = now;
        }
        assertTrue(found);
    }

    @Test
    void should_answer_when_input_is_random() {
        Random random = new Random(17);
        byte[] bytes = classWith("java/lang/String");
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertFalse(QuickScan.mayConcernUs(damaged));
        }
    }

    @Test
    void should_allocate_nothing() throws IOException {
        byte[] bytes;
        try (InputStream in = String.class.getResourceAsStream("String.class")) {
            bytes = in.readAllBytes();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long measuring = leastAllocatedBy(threads, () -> false);
        assertEquals(measuring, leastAllocatedBy(threads, () -> QuickScan.mayConcernUs(bytes)));
    }

    /** Of several rounds: the JVM itself may allocate something once, when it links or compiles. */
    private static long leastAllocatedBy(ThreadMXBean threads, java.util.function.BooleanSupplier action) {
        return java.util.stream.LongStream.generate(() -> allocatedBy(threads, action)).limit(5).min().orElseThrow();
    }

    private static long allocatedBy(ThreadMXBean threads, java.util.function.BooleanSupplier action) {
        boolean any = action.getAsBoolean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            any |= action.getAsBoolean();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertFalse(any);
        return allocated;
    }

    private static ClassWriter everyKindOfConstant() {
        ClassWriter writer = writer();
        writer.newConst(1);
        writer.newConst(2L);
        writer.newConst(3f);
        writer.newConst(4d);
        writer.newConst("text");
        writer.newClass("a/B");
        writer.newField("a/B", "f", "I");
        writer.newMethod("a/B", "m", "()V", false);
        writer.newMethod("a/I", "m", "()V", true);
        var handle = new org.objectweb.asm.Handle(Opcodes.H_INVOKESTATIC, "a/B", "b", "()Ljava/lang/Object;", false);
        writer.newConst(handle);
        writer.newMethodType("(J)V");
        writer.newInvokeDynamic("d", "()V", handle);
        writer.newConstantDynamic("c", "I", handle);
        writer.newModule("m");
        writer.newPackage("p");
        return writer;
    }

    private static byte[] classWith(String constant) {
        ClassWriter writer = writer();
        writer.newUTF8(constant);
        return writer.toByteArray();
    }

    private static ClassWriter writer() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/B", null, "java/lang/Object", null);
        return writer;
    }
}
