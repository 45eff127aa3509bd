package dev.backstitch.engine.read;

import org.objectweb.asm.ClassReader;

/**
 * Whether the attributes of a class file lie inside of what they belong to, and those that hold others are filled by them
 * (JVMS 4.7), and the class file ends with the last one (JVMS 4.8). The JVM refuses a class where that is not so; ASM takes
 * what comes next for one of them, and would write it, and what is behind the last one it leaves out.
 */
final class AttributeLengths {
    private static final String CODE = "Code";
    private static final String RECORD = "Record";

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
     * Throws an {@link IllegalArgumentException} that names the first attribute that is not as long as it says, or tells how much
     * is left behind the last one; whatever ASM and arrays throw where there is no attribute at all.
     */
    static void check(byte[] bytes, ClassReader reader) {
        AttributeLengths lengths = new AttributeLengths(bytes, reader);
        lengths.at = reader.header + 6; // access, name, superclass
        lengths.at += 2 + 2 * lengths.unsigned(lengths.at);
        lengths.members(null);
        lengths.members(CODE);
        lengths.attributes(bytes.length, RECORD);
        if (lengths.at != bytes.length) {
            throw new IllegalArgumentException("bytes left behind the last attribute: " + (bytes.length - lengths.at));
        }
    }

    private void members(String holder) {
        int count = unsigned(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            at += 6; // access, name, descriptor
            attributes(bytes.length, holder);
        }
    }

    /** @param holder the attribute that others can be in, here; null for none */
    private void attributes(int limit, String holder) {
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
            if (holder != null && holder.equals(name)) {
                inside(name, end);
            }
            at = end;
        }
    }

    private void inside(String name, int end) {
        if (name.equals(CODE)) {
            at += LIMITS;
            int length = reader.readInt(at);
            if (length < 0 || length > end - at) {
                throw wrong(name);
            }
            at += 4 + length;
            at += 2 + HANDLER * unsigned(at);
            attributes(end, null);
        } else {
            int components = unsigned(at);
            at += 2;
            for (int i = 0; i < components; i++) {
                at += 4; // name, descriptor
                attributes(end, null);
            }
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
