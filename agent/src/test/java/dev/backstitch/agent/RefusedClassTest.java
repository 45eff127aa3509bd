package dev.backstitch.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RefusedClassTest {
    static class Plain {
        static final long STARTED = System.nanoTime();

        static long started() {
            return STARTED;
        }
    }

    interface WithDefault {
        Object STARTED = new Object();

        static Object started() {
            return STARTED;
        }
    }

    @Test
    void should_throw_the_message_when_a_class_is_initialised() throws IOException {
        assertEquals("BST-x", messageOf(Plain.class, "BST-x"));
    }

    @Test
    void should_throw_the_message_when_an_interface_is_initialised() throws IOException {
        assertEquals("BST-x", messageOf(WithDefault.class, "BST-x"));
    }

    @Test
    void should_cut_the_message_when_no_constant_could_hold_it() throws IOException {
        assertEquals("\u20ac".repeat(10_000) + "...", messageOf(Plain.class, "\u20ac".repeat(70_000)));
    }

    @Test
    void should_put_a_class_in_its_place_when_it_cannot_be_read() {
        byte[] failing = RefusedClass.failing("a/Broken", new byte[] {1, 2, 3}, "BST-303");
        assertEquals("BST-303", messageOf("a.Broken", failing));
    }

    private static String messageOf(Class<?> type, String message) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return messageOf(name, RefusedClass.failing(name.replace('.', '/'), in.readAllBytes(), message));
        }
    }

    private static String messageOf(String name, byte[] classFile) {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                if (wanted.equals(name)) {
                    return defineClass(name, classFile, 0, classFile.length);
                }
                throw new ClassNotFoundException(wanted);
            }
        };
        return assertThrows(LinkageError.class, () -> Class.forName(name, true, loader))
                .getMessage();
    }
}
