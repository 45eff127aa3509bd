package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.engine.model.RuntimeSymbols;
import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** An agent and a runtime that do not go together. */
class VersionsTest {
    @TempDir
    Path directory;

    /** The runtime, as one of another version: its constant {@code Abi.VERSION} is 999; or, older, not there at all. */
    private Path otherRuntime(boolean older) throws Exception {
        Path jar = Files.copy(Jvm.RUNTIME, directory.resolve("runtime.jar"));
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Path abi = content.getPath("dev/backstitch/Abi.class");
            if (older) {
                Files.delete(abi);
            } else {
                Files.write(abi, withVersion(Files.readAllBytes(abi)));
            }
        }
        return jar;
    }

    private static byte[] withVersion(byte[] abi) {
        ClassWriter out = new ClassWriter(0);
        new ClassReader(abi).accept(
                new ClassVisitor(Opcodes.ASM9, out) {
                    @Override
                    public FieldVisitor visitField(int access, String name, String desc, String signature, Object value) {
                        return super.visitField(access, name, desc, signature, 999);
                    }
                },
                0);
        return out.toByteArray();
    }

    private Jvm.Result run(Path runtime, String... options) throws Exception {
        Path classes = Application.compile(directory.resolve("classes"), Application.EVERY_KIND, SECOND);
        return new Jvm(directory)
                .weaving(options)
                .with("-cp", Jvm.path(java.util.List.of(classes, runtime, Jvm.ANNOTATIONS)))
                .run("app.Second");
    }

    private static final String SECOND = "package app;\n" + Application.IMPORTS
            + """
            public class Second {
                @Generator static Gen<Integer> one() { Gen.yield(1); return Gen.end(); }
                public static void main(String[] args) {
                    attempt(() -> one().next());
                    attempt(EveryKind::all);
                }
                static void attempt(Supplier<Object> action) {
                    try { System.out.println(action.get()); } catch (Error e) { System.out.println(e); }
                }
            }
            """;

    @Test
    void should_say_once_that_versions_are_mixed_when_the_runtime_is_another() throws Exception {
        Jvm.Result result = run(otherRuntime(false));
        assertEquals(1, result.err().split("BST-405", -1).length - 1, result.err());
        assertTrue(
                result.err().contains("; the runtime is of version 999 of what they agree on, and the agent of version "
                        + RuntimeSymbols.ABI),
                result.err());
        assertTrue(result.err().contains("  Remedy: use backstitch-agent and backstitch-runtime of the same version"));
        assertTrue(result.out().startsWith("dev.backstitch.NotWovenError: BST-101 Gen.yield(...) was called in a class that"
                + " was not rewritten: app.Second"), result.out());
        assertTrue(result.out().contains("The agent is running and has left it as it was"), result.out());
    }

    @Test
    void should_fail_with_the_remedy_when_the_runtime_is_older_and_asked_to_fail() throws Exception {
        Jvm.Result result = run(otherRuntime(true), "onError=fail");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("java.lang.LinkageError: BST-405 "), result.err());
        assertTrue(result.err().contains("the runtime is older than version 1"), result.err());
    }
}
