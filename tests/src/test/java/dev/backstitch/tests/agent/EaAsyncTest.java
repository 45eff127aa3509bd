package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A program written for EA Async, compiled against its jar, and rewritten by Backstitch without a change. */
class EaAsyncTest {
    private static final Path EA_ASYNC = Jvm.jarOf("com.ea.async.Async");

    private static final String STORE = """
            package app;
            import static com.ea.async.Async.await;
            import com.ea.async.Async;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;

            public class Store {
                static { Async.init(); }
                final List<String> log = new ArrayList<>();

                CompletableFuture<Boolean> buy(CompletableFuture<Integer> balance, CompletableFuture<?> payment) {
                    int has = await(balance);
                    log.add("has " + has);
                    if (has < 10) { return CompletableFuture.completedFuture(false); }
                    try {
                        await(payment);
                        return CompletableFuture.completedFuture(true);
                    } catch (CompletionException e) {
                        log.add("caught " + e.getCause().getMessage());
                        throw e;
                    } finally {
                        log.add("finally");
                    }
                }
                CompletionStage<Integer> sum(List<CompletableFuture<Integer>> all) {
                    int sum = 0;
                    for (CompletableFuture<Integer> each : all) { sum += await(each); }
                    return CompletableFuture.completedFuture(sum);
                }
                static CompletableFuture<String> through(CompletableFuture<String> text) {
                    Function<String, CompletableFuture<String>> twice = s -> CompletableFuture.completedFuture(s + await(text));
                    return twice.apply(await(text));
                }
                static String blocking(CompletableFuture<String> text) { return "blocked for " + await(text); }

                public static void main(String[] args) {
                    Store store = new Store();
                    CompletableFuture<Integer> balance = new CompletableFuture<>();
                    CompletableFuture<Object> payment = new CompletableFuture<>();
                    CompletableFuture<Boolean> bought = store.buy(balance, payment);
                    System.out.println(bought.isDone());
                    balance.complete(12);
                    payment.completeExceptionally(new IllegalStateException("card"));
                    System.out.println(store.log + " " + bought.isCompletedExceptionally());
                    try { bought.join(); } catch (CompletionException e) { System.out.println(e.getCause()); }
                    CompletableFuture<Object> cancelled = new CompletableFuture<>();
                    CompletableFuture<Boolean> another = store.buy(CompletableFuture.completedFuture(10), cancelled);
                    cancelled.cancel(true);
                    try { another.join(); } catch (CancellationException | CompletionException e) {
                        System.out.println(e.getClass().getSimpleName());
                    }
                    System.out.println(store.buy(CompletableFuture.completedFuture(1), null).join());
                    CompletableFuture<Integer> late = new CompletableFuture<>();
                    CompletionStage<Integer> sum = store.sum(List.of(CompletableFuture.completedFuture(1), late));
                    late.complete(2);
                    System.out.println(sum.toCompletableFuture().join());
                    CompletableFuture<String> text = new CompletableFuture<>();
                    CompletableFuture<String> through = through(text);
                    text.complete("x");
                    System.out.println(through.join() + " " + blocking(text));
                }
            }
            """;
    private static final String OUTPUT = """
            false
            [has 12, caught card, finally] true
            java.lang.IllegalStateException: card
            CancellationException
            false
            3
            xx blocked for x
            """;

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Application.compile(
                directory.resolve("classes"), List.of("-cp", EA_ASYNC.toString()), STORE);
    }

    private Jvm jvm() {
        return new Jvm(directory).classPath(classes, EA_ASYNC);
    }

    @Test
    void should_run_as_it_did_with_ea_async_when_the_agent_is_told() throws Exception {
        assertEquals(OUTPUT, jvm().weaving("compat=ea-async").run("app.Store").quietOutput().replace("\r\n", "\n"));
    }

    @Test
    void should_run_as_it_did_with_ea_async_when_it_was_rewritten_at_build_time() throws Exception {
        String said = new Jvm(directory)
                .run("-jar", Jvm.AGENT.toString(), "weave", "--compat=ea-async", classes.toString())
                .quietOutput();
        assertEquals(classes + ": 1 classes rewritten, 4 frames, 0 refused", said.strip());
        assertEquals(OUTPUT, jvm().run("app.Store").quietOutput().replace("\r\n", "\n"));
    }

    @Test
    void should_leave_it_alone_when_nobody_asked() throws Exception {
        String said = new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString()).quietOutput();
        assertEquals(classes + ": 0 classes rewritten, 0 frames, 0 refused", said.strip());
    }

    /** What is said at each point shows who holds the monitor there. */
    private static final String LOCKED =
            """
            package app;
            import static com.ea.async.Async.await;
            import java.util.*;
            import java.util.concurrent.*;

            public class Locked {
                static final List<String> said = new ArrayList<>();
                final Object inner = new Object();

                void say(String what) { said.add(what + (Thread.holdsLock(this) ? " this" : "") + (Thread.holdsLock(inner) ? " inner" : "")); }

                synchronized CompletableFuture<String> method(CompletableFuture<String> x, List<String> more) {
                    say("before");
                    StringBuilder text = new StringBuilder("a" + await(x));
                    say("between");
                    for (String each : more) {
                        if (each.isEmpty()) { return CompletableFuture.completedFuture("empty"); }
                        text.append(each).append(await(x));
                    }
                    say("after");
                    return CompletableFuture.completedFuture(new String(text + await(x)));
                }
                static synchronized CompletableFuture<Boolean> ofClass(CompletableFuture<?> x) {
                    await(x);
                    return CompletableFuture.completedFuture(Thread.holdsLock(Locked.class));
                }
                CompletableFuture<String> blocks(CompletableFuture<String> x) {
                    String text = "";
                    synchronized (this) {
                        synchronized (inner) {
                            say("in both");
                            try {
                                text += 1L + await(x);
                            } catch (CompletionException e) {
                                say("caught");
                                text += await(CompletableFuture.completedFuture(e.getCause().getMessage()));
                            } finally {
                                say("finally");
                            }
                        }
                        say("in one");
                        text += await(x.handle((v, e) -> "!"));
                    }
                    say("out");
                    return CompletableFuture.completedFuture(text);
                }
                String held() { return Thread.holdsLock(this) + " " + Thread.holdsLock(inner) + " " + Thread.holdsLock(Locked.class); }
                public static void main(String[] args) throws Exception {
                    Locked locked = new Locked();
                    CompletableFuture<String> x = new CompletableFuture<>();
                    List<CompletableFuture<?>> all = List.of(
                            locked.method(x, List.of("b", "c")), locked.method(x, List.of("")), ofClass(x), locked.blocks(x));
                    System.out.println(locked.held());
                    Thread other = new Thread(() -> { synchronized (locked) { synchronized (locked.inner) { say2("another thread"); } } });
                    other.start();
                    other.join();
                    x.complete("x");
                    all.forEach(one -> System.out.println(one.join()));
                    CompletableFuture<String> failing = new CompletableFuture<>();
                    CompletableFuture<String> caught = locked.blocks(failing);
                    failing.completeExceptionally(new IllegalStateException("failed"));
                    System.out.println(caught.join());
                    System.out.println(locked.blocks(CompletableFuture.completedFuture("now")).join());
                    CompletableFuture<String> cancelled = locked.blocks(new CompletableFuture<>());
                    cancelled.cancel(true);
                    System.out.println(locked.held());
                    said.forEach(System.out::println);
                }
                static void say2(String what) { said.add(what); }
            }
            """;
    private static final String LOCKED_OUTPUT =
            """
            false false false
            axbxcxx
            empty
            true
            1x!
            failed!
            1now!
            false false false
            before this
            before this
            in both this inner
            another thread
            finally this inner
            in one this
            out
            between this
            between this
            after this
            in both this inner
            caught this inner
            finally this inner
            in one this
            out
            in both this inner
            finally this inner
            in one this
            out
            in both this inner
            finally this inner
            """;

    @Test
    void should_leave_monitors_and_enter_them_again_when_an_await_has_to_wait() throws Exception {
        Path locked = Application.compile(directory.resolve("locked"), List.of("-cp", EA_ASYNC.toString()), LOCKED);
        Jvm jvm = new Jvm(directory).weaving("compat=ea-async").classPath(locked, EA_ASYNC);
        String output = jvm.run("app.Locked").quietOutput().replace("\r\n", "\n");
        assertEquals(LOCKED_OUTPUT, output);
    }

    @Test
    void should_say_what_is_not_supported_when_it_cannot_tell_which_monitor_is_held() throws Exception {
        Path classes = directory.resolve("unclear");
        Application.compile(classes, List.of("-cp", EA_ASYNC.toString()), """
                package app;
                import java.util.concurrent.*;
                class Unclear {
                    Object field;
                    CompletableFuture<Object> f(CompletableFuture<Object> x) {
                        synchronized (field) {
                            return CompletableFuture.completedFuture(com.ea.async.Async.await(x));
                        }
                    }
                }
                """);
        Path file = classes.resolve("app/Unclear.class");
        Files.write(file, withoutTheLocalOfTheMonitor(Files.readAllBytes(file)));
        Jvm.Result result = new Jvm(directory)
                .run("-jar", Jvm.AGENT.toString(), "weave", "--compat=ea-async", classes.toString());
        assertEquals(1, result.status(), result::toString);
        assertTrue(result.err().startsWith("BST-201 suspension while a monitor is held"), result.err());
    }

    /** As no compiler writes it: the object is on the stack only when the monitor is entered. */
    private static byte[] withoutTheLocalOfTheMonitor(byte[] classFile) {
        ClassNode type = new ClassNode();
        new ClassReader(classFile).accept(type, 0);
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                if (insn.getOpcode() == Opcodes.MONITORENTER) {
                    method.instructions.insertBefore(insn, new InsnNode(Opcodes.NOP));
                }
            }
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }
}
