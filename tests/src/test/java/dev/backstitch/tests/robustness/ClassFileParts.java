package dev.backstitch.tests.robustness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the parts of a sound class file lie (JVMS 4), so that damage can be done to each of them on purpose. */
final class ClassFileParts {
    /** What can be damaged. */
    enum Part {
        CONSTANT_POOL,
        CODE,
        LENGTHS,
        EXCEPTION_TABLE,
        STACK_MAPS,
        BOOTSTRAP_METHODS,
        ANYTHING
    }

    private final byte[] bytes;
    private final Map<Part, List<Integer>> offsets = new EnumMap<>(Part.class);
    private final String[] texts;
    private int at;

    private ClassFileParts(byte[] bytes) {
        this.bytes = bytes;
        for (Part part : Part.values()) {
            offsets.put(part, new ArrayList<>());
        }
        texts = new String[unsigned(8)];
        add(Part.ANYTHING, 0, bytes.length);
        readPool();
        at += 6;
        at += 2 + 2 * unsigned(at);
        readMembers();
        readMembers();
        readAttributes();
    }

    /** @param classFile one that a compiler wrote */
    static ClassFileParts of(byte[] classFile) {
        return new ClassFileParts(classFile);
    }

    /** The offsets of the bytes of {@code part}; empty if the class has none. */
    List<Integer> of(Part part) {
        return offsets.get(part);
    }

    private void readPool() {
        int from = 8;
        at = 10;
        for (int i = 1; i < texts.length; i++) {
            int tag = bytes[at];
            switch (tag) {
                case 1 -> {
                    int length = unsigned(at + 1);
                    texts[i] = new String(bytes, at + 3, length, StandardCharsets.UTF_8);
                    at += 3 + length;
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                case 5, 6 -> {
                    at += 9;
                    i++;
                }
                default -> at += 5;
            }
        }
        add(Part.CONSTANT_POOL, from, at);
    }

    private void readMembers() {
        int count = unsigned(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            at += 6;
            readAttributes();
        }
    }

    private void readAttributes() {
        int count = unsigned(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            String name = texts[unsigned(at)];
            add(Part.LENGTHS, at + 2, at + 6);
            int length = unsigned(at + 2) << 16 | unsigned(at + 4);
            at += 6;
            int end = at + length;
            switch (name) {
                case "Code" -> readCode();
                case "StackMapTable" -> add(Part.STACK_MAPS, at, end);
                case "BootstrapMethods" -> add(Part.BOOTSTRAP_METHODS, at, end);
                default -> {}
            }
            at = end;
        }
    }

    private void readCode() {
        add(Part.LENGTHS, at, at + 8);
        int length = unsigned(at + 4) << 16 | unsigned(at + 6);
        add(Part.CODE, at + 8, at + 8 + length);
        at += 8 + length;
        int size = 2 + 8 * unsigned(at);
        add(Part.EXCEPTION_TABLE, at, at + size);
        at += size;
        readAttributes();
    }

    private void add(Part part, int from, int to) {
        for (int i = from; i < to; i++) {
            offsets.get(part).add(i);
        }
    }

    private int unsigned(int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }
}
