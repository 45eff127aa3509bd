package dev.backstitch.tests.targets;

import dev.backstitch.tests.harness.TargetRun;
import dev.backstitch.tests.harness.WeavingResults;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * As {@link TargetsTest}, with so much code that does nothing in every method that the fastest form of its body would not
 * be compiled, or no form at all: points share the code that saves and restores, and loops are resumed through their headers.
 */
class SmallBodiesTest {
    private static final int CASES = 128;

    @TestFactory
    Stream<DynamicContainer> should_behave_as_the_reference_when_the_fastest_form_would_be_too_large() {
        List<Class<?>> targets = Targets.all().toList();
        // Every second one: it takes its time to analyse so much code.
        return IntStream.range(0, targets.size() / 2)
                .mapToObj(i -> ofTarget(targets.get(2 * i), i % 2 == 0 ? 7_500 : 8_000));
    }

    private static DynamicContainer ofTarget(Class<?> target, int padding) {
        return DynamicContainer.dynamicContainer(
                target.getSimpleName() + " + " + padding,
                Stream.of(target)
                        .map(t -> new TargetRun(t.getName(), null, padded(t, padding)))
                        .flatMap(TargetRun::checks)
                        .map(check -> DynamicTest.dynamicTest(check.name(), check.body())));
    }

    private static Map<String, byte[]> padded(Class<?> target, int padding) {
        Map<String, byte[]> classes = new TreeMap<>(WeavingResults.originalsOf(target));
        classes.replaceAll((name, bytes) -> {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            type.methods.forEach(method -> pad(method, padding));
            ClassWriter writer = new ClassWriter(0);
            type.accept(writer);
            return writer.toByteArray();
        });
        return classes;
    }

    /**
     * Switches whose cases all lead to what follows them, at eight bytes a case: many bytes for few instructions and edges. In
     * several, because ASM takes a time for a label that is squared with the jumps forward to it.
     */
    private static void pad(MethodNode method, int bytes) {
        if (method.instructions.size() > 0 && !method.name.startsWith("<")) {
            InsnList padding = new InsnList();
            for (int left = bytes; left > 0; left -= 8 * CASES) {
                LabelNode rest = new LabelNode();
                LabelNode[] cases = new LabelNode[Math.min(CASES, left / 8)];
                Arrays.fill(cases, rest);
                padding.add(new InsnNode(Opcodes.ICONST_0));
                padding.add(new LookupSwitchInsnNode(rest, IntStream.range(0, cases.length).toArray(), cases));
                padding.add(rest);
                padding.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
                padding.add(new InsnNode(Opcodes.NOP));
            }
            method.instructions.insert(padding);
            method.maxStack = Math.max(method.maxStack, 1);
        }
    }
}
