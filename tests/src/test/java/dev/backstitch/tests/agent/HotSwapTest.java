package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another agent, a debugger's for instance, replaces or transforms a class that was rewritten when it was loaded. */
class HotSwapTest {
    private static final String SWAPPER =
            """
            package app;
            import java.lang.instrument.*;
            import java.security.ProtectionDomain;
            public class Swapper {
                static Instrumentation instrumentation;
                public static void premain(String options, Instrumentation i) { instrumentation = i; }
                public static void main(String[] args) throws Exception {
                    System.out.print(EveryKind.all() + "\\n");
                    if (args[0].equals("redefine")) {
                        byte[] original = Swapper.class.getResourceAsStream("EveryKind.class").readAllBytes();
                        try {
                            instrumentation.redefineClasses(new ClassDefinition(EveryKind.class, original));
                            System.out.print("redefined\\n");
                        } catch (UnsupportedOperationException e) {
                            System.out.print("not possible\\n");
                        }
                    } else {
                        instrumentation.addTransformer(new ClassFileTransformer() {
                            @Override public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] b) {
                                return type == EveryKind.class ? b.clone() : null;
                            }
                        }, true);
                        instrumentation.retransformClasses(EveryKind.class);
                    }
                    System.out.print(EveryKind.all() + "\\n");
                }
            }
            """;

    @TempDir
    Path directory;

    private Jvm jvm;

    @BeforeEach
    void compile() throws Exception {
        Path classes = Application.compile(directory.resolve("classes"), SWAPPER, Application.EVERY_KIND);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(new Attributes.Name("Premain-Class"), "app.Swapper");
        main.put(new Attributes.Name("Can-Redefine-Classes"), "true");
        main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        Path jar = directory.resolve("swapper.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        jvm = new Jvm(directory).weaving().agent(jar, "").classPath(classes);
    }

    @Test
    void should_stay_woven_when_another_agent_retransforms_it() throws Exception {
        String all = Application.EVERY_KIND_OUTPUT.strip() + "\n";
        assertEquals(all + all, jvm.run("app.Swapper", "retransform").quietOutput());
    }

    @Test
    void should_say_so_and_stay_woven_when_it_is_redefined_as_the_compiler_wrote_it() throws Exception {
        Jvm.Result result = jvm.run("app.Swapper", "redefine");
        String all = Application.EVERY_KIND_OUTPUT.strip() + "\n";
        assertEquals(all + "not possible\n" + all, result.out());
        assertTrue(result.err().startsWith("[backstitch] BST-403 "), result.err());
        assertTrue(result.err().contains("  at app.EveryKind("), result.err());
    }
}
