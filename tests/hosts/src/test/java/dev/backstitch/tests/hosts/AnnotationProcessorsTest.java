package dev.backstitch.tests.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The javac plugin behind processors that change what is compiled (Lombok) and that write sources of their own
 * (AutoValue), whatever their order on the processor path.
 */
class AnnotationProcessorsTest {
    private static final Path LOMBOK = Jvm.jarOf("lombok.Getter");
    private static final List<Path> AUTO_VALUE = Jars.ofClassPath("auto-value-");

    private static final String ACCOUNT = """
            package app;
            import static dev.backstitch.Coroutine.*;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import java.io.IOException;
            import lombok.*;
            @Data @Builder
            class Account {
                private final String name;
                @Getter(lazy = true) private final int limit = name.length() * 10;
                @With private final int balance;

                @Async @Synchronized("name") Coroutine<String> described() { return Coroutine.of(name); }
                @SneakyThrows @Async Coroutine<Integer> read(boolean fails) {
                    int read = await(Coroutine.of(balance));
                    if (fails) { throw new IOException(name); }
                    return Coroutine.of(read + getLimit());
                }
                @Generator Gen<Account> growing(int times) {
                    var account = this;
                    for (int i = 0; i < times; i++) {
                        Gen.yield(account);
                        account = account.withBalance(account.getBalance() + 1);
                    }
                    return Gen.end();
                }
                @Async Coroutine<String> closing(@NonNull String label) {
                    @Cleanup val resource = new Resource(label);
                    val awaited = await(read(false));
                    return Coroutine.of(resource.text + awaited);
                }
                @AllArgsConstructor static class Resource implements AutoCloseable {
                    String text;
                    @Override public void close() { text = "closed"; }
                }
            }
            """;
    private static final String QUOTE = """
            package app;
            import static dev.backstitch.Coroutine.*;
            import com.google.auto.value.AutoValue;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            @AutoValue abstract class Quote {
                abstract int cents();
                static Quote of(int cents) { return new AutoValue_Quote(cents); }
                @Async Coroutine<Quote> plus(Coroutine<Quote> other) {
                    return Coroutine.of(Quote.of(cents() + await(other).cents()));
                }
            }
            """;
    private static final String MAIN = """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.loop.EventLoop;
            public class Main {
                public static void main(String[] args) {
                    Account account = Account.builder().name("me").balance(3).build();
                    System.out.println(EventLoop.run(account.read(false)) + " " + account);
                    try {
                        EventLoop.run(account.read(true));
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                    System.out.println(account.growing(3).stream().map(Account::getBalance).toList());
                    System.out.println(EventLoop.run(account.closing("label")));
                    try {
                        account.closing(null).send(null);
                    } catch (NullPointerException e) {
                        System.out.println(e.getMessage());
                    }
                    Quote one = Quote.of(1);
                    System.out.println(EventLoop.run(one.plus(one.plus(Coroutine.of(one)))));
                }
            }
            """;
    private static final String OUTPUT = """
            23 Account(name=me, limit=20, balance=3)
            java.io.IOException: me
            [3, 4, 5]
            label23
            label is marked non-null but is null
            Quote{cents=3}
            """;

    @TempDir
    private Path directory;

    private static String without(String source, String member) {
        return source.lines().filter(line -> !line.contains(member)).reduce("", (a, b) -> a + b + "\n");
    }

    private Path write(String name, String source) throws Exception {
        Path file = directory.resolve("src/app/" + name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    private record Compiled(Jvm.Result javac, Path classes) {}

    private Compiled compile(List<Path> processors, String account) throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> path = new ArrayList<>(List.of(LOMBOK, Jvm.RUNTIME, Jvm.ANNOTATIONS));
        path.addAll(AUTO_VALUE);
        List<String> arguments = new ArrayList<>(List.of("-g", "-d", classes.toString()));
        arguments.addAll(List.of("-processorpath", Jvm.path(processors), "-cp", Jvm.path(path)));
        arguments.add(write("Account.java", account).toString());
        arguments.add(write("Quote.java", QUOTE).toString());
        arguments.add(write("Main.java", MAIN).toString());
        // As javac's own launcher starts it.
        return new Compiled(
                new Jvm(directory)
                        .startingQuickly()
                        .with("--add-modules", "ALL-SYSTEM", "-m", "jdk.compiler/com.sun.tools.javac.Main")
                        .run(arguments.toArray(String[]::new)),
                classes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lombok,auto-value,backstitch", "backstitch,auto-value,lombok"})
    void should_rewrite_what_processors_have_made_when_all_are_on_the_processor_path(String order) throws Exception {
        List<Path> processors = Arrays.stream(order.split(","))
                .flatMap(name -> switch (name) {
                    case "lombok" -> Stream.of(LOMBOK);
                    case "auto-value" -> AUTO_VALUE.stream();
                    default -> Stream.of(Jars.javacPlugin());
                })
                .toList();
        Compiled compiled = compile(processors, without(ACCOUNT, "@Synchronized"));
        compiled.javac().mustSucceed();
        assertTrue(Files.exists(compiled.classes().resolve("app/Account$closing$$Frame.class")));
        assertEquals(OUTPUT, run(new Jvm(directory), compiled.classes()));
    }

    @Test
    void should_run_when_what_processors_have_made_is_rewritten_later() throws Exception {
        List<Path> processors = new ArrayList<>(List.of(LOMBOK));
        processors.addAll(AUTO_VALUE);
        Compiled compiled = compile(processors, without(ACCOUNT, "@Synchronized"));
        compiled.javac().mustSucceed();
        assertEquals(OUTPUT, run(new Jvm(directory).weaving(), compiled.classes()));
        Jars.weave(directory, compiled.classes());
        assertEquals(OUTPUT, run(new Jvm(directory), compiled.classes()));
    }

    @Test
    void should_refuse_at_the_call_when_a_processor_has_put_a_monitor_around_it() throws Exception {
        String account = ACCOUNT.replace("return Coroutine.of(name);", "return Coroutine.of(await(Coroutine.of(name)));");
        Compiled compiled = compile(List.of(LOMBOK, AUTO_VALUE.get(0), AUTO_VALUE.get(1), Jars.javacPlugin()), account);
        String said = compiled.javac().out() + compiled.javac().err();
        assertEquals(1, compiled.javac().status(), said);
        assertTrue(said.contains("Account.java:13: error: BST-201 suspension while a monitor is held"), said);
    }

    private String run(Jvm jvm, Path classes) throws Exception {
        return jvm.classPath(classes).run("app.Main").quietOutput().replace("\r\n", "\n");
    }
}
