package dev.backstitch.engine.read;

import org.objectweb.asm.ClassReader;

/**
 * Whether the attributes of a class file lie inside of what they belong to and fill it (JVMS 4.7). The JVM refuses a class
 * where they do not; ASM takes what comes next for one of them, and would write it.
 */
final class AttributeLengths {
    /** Of {@code max_stack} and {@code max_locals}, which come first in a {@code Code}. */
    private static final int LIMITS = 4;

    private static final int HANDLER = 8;

    private final byte[] bytes;
    private final ClassReader reader;
    private final char[] buffer;
    private int at;

    private AttributeLengths(byte[] bytes, ClassReader reader) {
        this.bytes = bytes;
        this.reader = reader;
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /**
     * Throws an {@link IllegalArgumentException} that names the first attribute that is not as long as it says; whatever ASM and
     * arrays throw where there is no attribute at all.
     */
    static void check(byte[] bytes, ClassReader reader) {
        AttributeLengths lengths = new AttributeLengths(bytes, reader);
        lengths.at = reader.header + 6; // access, name, superclass
        lengths.at += 2 + 2 * lengths.unsigned(lengths.at);
        lengths.members();
        lengths.members();
        lengths.attributes(bytes.length);
    }

    private void members() {
        int count = unsigned(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            at += 6; // access, name, descriptor
            attributes(bytes.length);
        }
    }

    private void attributes(int limit) {
        int count = unsigned(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            String name = reader.readUTF8(at, buffer);
            int length = reader.readInt(at + 2);
            at += 6;
            if (length < 0 || length > limit - at) {
                throw wrong(name);
            }
            int end = at + length;
            inside(String.valueOf(name), end);
            at = end;
        }
    }

    /** Goes through the attribute, if others can be in it. */
    private void inside(String name, int end) {
        if (name.equals("Code")) {
            at += LIMITS;
            at += 4 + reader.readInt(at);
            at += 2 + HANDLER * unsigned(at);
            attributes(end);
        } else if (name.equals("Record")) {
            int components = unsigned(at);
            at += 2;
            for (int i = 0; i < components; i++) {
                at += 4; // name, descriptor
                attributes(end);
            }
        } else {
            return;
        }
        if (at != end) {
            throw wrong(name);
        }
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("the attribute " + name + " is not as long as it says");
    }

    private int unsigned(int offset) {
        return reader.readUnsignedShort(offset);
    }
}
