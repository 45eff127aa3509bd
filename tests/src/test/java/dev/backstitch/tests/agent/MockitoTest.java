package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import java.util.List;
import org.jacoco.agent.AgentJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mockito's inline mock maker instruments classes again after they are loaded, methods and all. */
class MockitoTest {
    private static final Path MOCKITO = Jvm.jarOf("org.mockito.Mockito");
    private static final Path[] JARS = {
        MOCKITO,
        Jvm.jarOf("net.bytebuddy.ByteBuddy"),
        Jvm.jarOf("net.bytebuddy.agent.ByteBuddyAgent"),
        Jvm.jarOf("org.objenesis.Objenesis")
    };

    private static final String PROGRAM = "package app;\n" + Application.IMPORTS
            + """
            public class Mocking {
                public static final class Service {
                    private final String prefix = "real ";
                    @Async public Coroutine<String> load(String key) {
                        String answer = suspend(key);
                        return Coroutine.of(prefix + answer);
                    }
                    @Async public Coroutine<String> twice(String key) {
                        return Coroutine.of(await(load(key)) + "+" + await(load(key + key)));
                    }
                    @Generator public static Gen<Integer> numbers() { Gen.yield(1); Gen.yield(2); return Gen.end(); }
                }
                static Object drive(Coroutine<?> coroutine) { return EveryKind.drive(coroutine); }
                static List<Integer> list(Gen<Integer> gen) {
                    List<Integer> list = new ArrayList<>();
                    gen.forEach(list::add);
                    return list;
                }
                public static void main(String[] args) {
                    Service real = new Service();
                    Coroutine<String> begun = real.twice("b");
                    Object request = begun.send(null);
                    Service mock = org.mockito.Mockito.mock(Service.class);
                    org.mockito.Mockito.when(mock.load("k")).thenReturn(Coroutine.of("mocked"));
                    System.out.println(drive(mock.load("k")) + " " + mock.load("other"));
                    Service spy = org.mockito.Mockito.spy(real);
                    org.mockito.Mockito.doReturn(Coroutine.of("spied")).when(spy).load("k");
                    System.out.println(drive(spy.twice("k")));
                    System.out.println(drive(real.twice("r")));
                    System.out.println(request + " " + begun.send("1"));
                    try (var numbers = org.mockito.Mockito.mockStatic(Service.class)) {
                        numbers.when(Service::numbers).thenAnswer(call -> EveryKind.fibonacci(0));
                        System.out.println(list(Service.numbers()));
                    }
                    System.out.println(list(Service.numbers()));
                }
            }
            """;

    private static final String OUTPUT = String.join(
            System.lineSeparator(),
            "mocked null",
            "spied+real <kk>",
            "real <r>+real <rr>",
            "b bb",
            "[]",
            "[1, 2]",
            "");

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(
                directory.resolve("classes"),
                List.of("-cp", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS, MOCKITO))),
                PROGRAM,
                Application.EVERY_KIND);
    }

    /** Without sharing, which Mockito's addition to the boot class path would end with a warning. */
    private Jvm jvm() {
        return new Jvm(directory).with("-Xshare:off").classPath(classes, JARS[0], JARS[1], JARS[2], JARS[3]);
    }

    @Test
    void should_mock_and_spy_woven_methods_when_mockito_comes_second() throws Exception {
        assertEquals(OUTPUT, jvm().weaving("warnings=off").agent(MOCKITO, "").run("app.Mocking").quietOutput());
    }

    @Test
    void should_mock_and_spy_woven_methods_when_mockito_comes_first() throws Exception {
        assertEquals(OUTPUT, jvm().agent(MOCKITO, "").weaving("warnings=off").run("app.Mocking").quietOutput());
    }

    @Test
    void should_mock_and_spy_woven_methods_when_jacoco_is_there_as_well() throws Exception {
        Path jacoco = directory.resolve("jacocoagent.jar");
        AgentJar.extractTo(jacoco.toFile());
        Jvm three = jvm().agent(jacoco, "destfile=mocked.exec").weaving("warnings=off").agent(MOCKITO, "");
        assertEquals(OUTPUT, three.run("app.Mocking").quietOutput());
    }
}
