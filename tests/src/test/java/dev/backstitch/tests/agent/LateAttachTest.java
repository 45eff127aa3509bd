package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateAttachTest {
    /** Says when it runs, and goes on when it is told to. */
    private static final String WAITING =
            """
            package app;
            public class Waiting {
                static final Class<?> EARLY = Early.class;
                public static void main(String[] args) throws Exception {
                    System.out.println("ready");
                    System.in.read();
                    System.out.print(EveryKind.all());
                }
            }
            """;

    private static final String EARLY =
            """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            public class Early {
                @Generator static Gen<Integer> one() { Gen.yield(1); return Gen.end(); }
            }
            """;

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(directory.resolve("classes"), WAITING, EARLY, Application.EVERY_KIND);
    }

    @Test
    void should_report_loaded_classes_and_weave_later_ones_when_attached() throws Exception {
        Attached attached = attach("");
        assertEquals(Application.EVERY_KIND_OUTPUT.strip(), attached.rest());
        assertTrue(attached.err().contains("[backstitch] BST-403 a class was loaded before the agent"), attached.err());
        assertTrue(attached.err().contains("  at app.Early("), attached.err());
        assertEquals(1, attached.err().split("BST-403", -1).length - 1, attached.err());
    }

    @Test
    void should_leave_the_jvm_running_when_attached_with_wrong_options() throws Exception {
        Attached attached = new Attached();
        assertThrows(AgentInitializationException.class, () -> attached.load("dump"));
        attached.rest();
        assertTrue(attached.err().contains("BST-401 an option of the agent is wrong: unknown option 'dump'"), attached.err());
    }

    @Test
    void should_weave_when_the_manifest_of_the_application_names_the_agent() throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "app.EveryKind");
        main.put(new Attributes.Name("Launcher-Agent-Class"), "dev.backstitch.agent.Premain");
        main.put(
                Attributes.Name.CLASS_PATH,
                Jvm.AGENT.toUri() + " " + Jvm.RUNTIME.toUri() + " " + Jvm.ANNOTATIONS.toUri());
        Path jar = directory.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("app/EveryKind.class"));
            out.write(Files.readAllBytes(classes.resolve("app/EveryKind.class")));
        }
        Jvm.Result result = new Jvm(directory).run("-jar", jar.toString());
        assertEquals(Application.EVERY_KIND_OUTPUT, result.quietOutput());
    }

    private Attached attach(String options) throws Exception {
        Attached attached = new Attached();
        attached.load(options);
        return attached;
    }

    /** A JVM that has loaded its first classes. */
    private final class Attached {
        private final Path err = directory.resolve("err.txt");
        private final Process process;
        private final BufferedReader out;

        Attached() throws IOException {
            process = new Jvm(directory)
                    .with("-XX:+EnableDynamicAgentLoading")
                    .classPath(classes)
                    .starting("app.Waiting")
                    .redirectError(err.toFile())
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            assertEquals("ready", out.readLine());
        }

        void load(String options) throws Exception {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                machine.loadAgent(Jvm.AGENT.toString(), options);
            } finally {
                machine.detach();
            }
        }

        /** What the program prints when it goes on. */
        String rest() throws Exception {
            process.getOutputStream().close();
            String line = out.readLine();
            Jvm.statusOf(process);
            return line;
        }

        String err() throws IOException {
            return Files.readString(err);
        }
    }
}
