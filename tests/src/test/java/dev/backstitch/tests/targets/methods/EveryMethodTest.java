package dev.backstitch.tests.targets.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.tests.fuzz.InMemoryCompiler;
import dev.backstitch.tests.harness.ChildFirstLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every return type on every kind of method: each suspends, and uses its receiver and parameters before and after that. */
class EveryMethodTest {
    private static final String NAME = "dev.backstitch.tests.targets.methods.EveryMethod";

    /**
     * @param values what it gives, of {@code %s}, the name of the receiver
     */
    private record Shape(String annotations, String type, String body, String values) {}

    private static final String YIELDS = "Gen.yield(tag + v); %sGen.yield(s + tag); return %s;";
    private static final String AWAITS = "await(sleep(Duration.ZERO)); return %s.%s(tag + v + s);";
    private static final String TWO = "[%1$s7, abc%1$s]";
    private static final String ONE = "%s7abc";
    private static final String TURN = "await(sleep(Duration.ZERO)); ";

    private static final List<Shape> SHAPES = List.of(
            new Shape("@Generator", "Gen<String>", YIELDS.formatted("", "Gen.end()"), TWO),
            new Shape("@Generator", "Iterator<String>", YIELDS.formatted("", "null"), TWO),
            new Shape("@Generator", "Iterable<String>", YIELDS.formatted("", "null"), TWO),
            numbers("Int", "int", "[7, 5]"),
            numbers("Long", "long", "[7, 5]"),
            numbers("Double", "double", "[7.0, 5.0]"),
            new Shape("@Async", "Coroutine<String>", AWAITS.formatted("Coroutine", "of"), ONE),
            new Shape("@Async", "Task<String>", AWAITS.formatted("Task", "of"), ONE),
            new Shape("@Async", "CompletableFuture<String>", AWAITS.formatted("CompletableFuture", "completedFuture"), ONE),
            new Shape("@Async", "CompletionStage<String>", AWAITS.formatted("CompletableFuture", "completedFuture"), ONE),
            new Shape("@Async @Generator", "AsyncGen<String>", YIELDS.formatted(TURN, "AsyncGen.end()"), TWO),
            new Shape("@Async @Generator", "Flow.Publisher<String>", YIELDS.formatted(TURN, "null"), TWO));

    private static Shape numbers(String name, String type, String values) {
        return new Shape(
                "@Generator",
                "PrimitiveIterator.Of" + name,
                "Gen.yield((" + type + ") v); Gen.yield((" + type + ") (s + tag).length()); return null;",
                values);
    }

    private final List<String> calls = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    /** Names {@code call}, of {@code shape} on a receiver of two letters. */
    private void call(String call, Shape shape, String tag) {
        calls.add(call);
        expected.add(call + " " + String.format(shape.values, tag));
    }

    /** A method {@code name} of {@code shape}. */
    private static String method(String modifiers, String name, Shape shape, String tag) {
        return "  " + shape.annotations + " " + modifiers + " " + shape.type + " " + name + "(long v, String s) { "
                + body(shape, tag) + " }\n";
    }

    private static String body(Shape shape, String tag) {
        return shape.body.replaceAll("\\btag\\b", tag);
    }

    private String source() {
        var inInterface = new StringBuilder();
        var inClass = new StringBuilder();
        var inInner = new StringBuilder();
        var inRecord = new StringBuilder();
        var others = new StringBuilder();
        for (int i = 0; i < SHAPES.size(); i++) {
            Shape shape = SHAPES.get(i);
            String a = i + "(7L, \"abc\")";
            inInterface.append(method("default", "def" + i, shape, "tag()"))
                    .append(method("static", "ist" + i, shape, "\"st\""))
                    .append(method("private", "ipr" + i, shape, "tag()"))
                    .append("  default ").append(shape.type).append(" calls").append(i)
                    .append("(long v, String s) { return ipr").append(i).append("(v, s); }\n");
            inClass.append(method("", "ins" + i, shape, "tag()"))
                    .append(method("private", "pri" + i, shape, "tag()"))
                    .append(method("protected final", "fin" + i, shape, "tag()"))
                    .append(method("static", "sta" + i, shape, "\"st\""))
                    .append("  ").append(shape.annotations).append(" <X> ").append(shape.type).append(" var").append(i)
                    .append("(X x, String... all) { long v = 7; String s = all[0]; ").append(body(shape, "tag()")).append(" }\n");
            inInner.append(method("", "inn" + i, shape, "C.this.tag()"));
            inRecord.append(method("public", "rec" + i, shape, "tag"));
            others.append("  interface F").append(i).append(" { ").append(shape.type).append(" at(long v, String s); }\n")
                    .append("  static F").append(i).append(" anonymous").append(i).append("(String tag) { return new F").append(i)
                    .append("() {\n  ").append(method("public", "at", shape, "tag")).append("  }; }\n")
                    .append("  static F").append(i).append(" local").append(i).append("(String tag) { class L implements F").append(i)
                    .append(" {\n  ").append(method("public", "at", shape, "tag")).append("  } return new L(); }\n")
                    .append("  static F").append(i).append(" lambda").append(i).append("(String tag) { return (v, s) -> { ")
                    .append(body(shape, "tag")).append(" }; }\n");
            for (String name : List.of("def", "calls", "ins", "pri", "fin")) {
                call("new C<>()." + name + a, shape, "cl");
            }
            call("new C<>().var" + i + "('x', \"abc\", \"\")", shape, "cl");
            call("new C<>().new Inner().inn" + a, shape, "cl");
            call("I.ist" + a, shape, "st");
            call("C.sta" + a, shape, "st");
            call("E.en.def" + a, shape, "en");
            call("new R(\"re\").rec" + a, shape, "re");
            call("new R(\"re\").calls" + a, shape, "re");
            for (String name : List.of("anonymous", "local", "lambda")) {
                call(name + i + "(\"fn\").at(7L, \"abc\")", shape, "fn");
            }
        }
        var make = new StringBuilder("  static Object make(int n) {\n    switch (n) {\n");
        for (int n = 0; n < calls.size(); n++) {
            make.append("      case ").append(n).append(": return ").append(calls.get(n)).append(";\n");
        }
        make.append("      default: throw new AssertionError();\n    }\n  }\n");
        return """
                package dev.backstitch.tests.targets.methods;
                import static dev.backstitch.Coroutine.await;
                import static dev.backstitch.loop.Tasks.sleep;
                import dev.backstitch.*;
                import dev.backstitch.annotations.*;
                import dev.backstitch.loop.*;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.*;
                public class EveryMethod {
                  static class C<G> implements I {
                  public String tag() { return "cl"; }
                """
                + inClass + "  class Inner {\n" + inInner + "  }\n  }\n  interface I {\n  String tag();\n" + inInterface
                + "  }\n  enum E implements I { en { public String tag() { return \"en\"; } } }\n"
                + "  record R(String tag) implements I {\n" + inRecord + "  }\n" + others + make
                + """
                  @Async static Coroutine<String> text(int n) {
                    Object made = make(n);
                    if (made instanceof Task<?> task) { return Coroutine.of("" + await(task)); }
                    if (made instanceof CompletionStage<?> stage) { return Coroutine.of("" + await(stage)); }
                    if (made instanceof Coroutine<?> coroutine) { return Coroutine.of("" + await(coroutine)); }
                    if (made instanceof AsyncGen<?> gen) { return Coroutine.of("" + await(gen.toList())); }
                    if (made instanceof Flow.Publisher<?> p) { return Coroutine.of("" + await(AsyncGen.from(p).toList())); }
                    List<Object> all = new ArrayList<>();
                    Iterator<?> values = made instanceof Iterator<?> i ? i : ((Iterable<?>) made).iterator();
                    values.forEachRemaining(all::add);
                    return Coroutine.of("" + all);
                  }
                  public static String run(int n) { return EventLoop.run(text(n)); }
                }
                """;
    }

    private static Class<?> woven(String source) throws Exception {
        Map<String, byte[]> all = new HashMap<>();
        Weaver weaver = new Weaver();
        InMemoryCompiler.compile(Map.of(NAME, source)).forEach((name, bytes) -> {
            WeaveResult result = weaver.weave(bytes);
            assertEquals(List.of(), result.diagnostics(), name);
            all.put(name, result.classFile());
            all.putAll(result.frames());
        });
        return Class.forName(NAME, true, new ChildFirstLoader(all));
    }

    @Test
    void should_suspend_and_go_on_when_any_kind_of_method_returns_any_of_the_types() throws Exception {
        var run = woven(source()).getMethod("run", int.class);
        List<String> actual = new ArrayList<>();
        for (int n = 0; n < calls.size(); n++) {
            actual.add(calls.get(n) + " " + run.invoke(null, n));
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
        assertEquals(15 * 12, actual.size());
    }
}
