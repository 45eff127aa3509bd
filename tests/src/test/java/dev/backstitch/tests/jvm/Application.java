package dev.backstitch.tests.jvm;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Small programs, compiled when a test needs them. */
public final class Application {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    /** What the imports of every program here are. */
    public static final String IMPORTS =
            """
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import java.util.*;
            import java.util.function.*;
            import static dev.backstitch.Coroutine.*;
            """;

    /** One method of each kind and a lambda; {@code main} drives them and prints what they give. */
    public static final String EVERY_KIND = "package app;\n" + IMPORTS
            + """
            public class EveryKind {
                private final String name;
                EveryKind(String name) { this.name = name; }

                @Generator static Gen<Long> fibonacci(int n) {
                    long a = 0, b = 1;
                    for (int i = 0; i < n; i++) { Gen.yield(a); long t = a + b; a = b; b = t; }
                    return Gen.end();
                }
                @Async Coroutine<String> ask(String question) {
                    String answer = suspend(question);
                    return Coroutine.of(name + ":" + question + answer);
                }
                @Async Coroutine<String> both() {
                    return Coroutine.of(await(ask("x")) + "," + await(ask("y")));
                }
                @Async @Generator static AsyncGen<Integer> ticker(int to) {
                    for (int i = 0; i < to; i++) { Gen.yield(i); suspend("tick"); }
                    return AsyncGen.end();
                }
                @Async static Coroutine<Integer> sum() {
                    int sum = 0;
                    for (int i : awaitEach(ticker(4))) { sum += i; }
                    return Coroutine.of(sum);
                }
                static Object drive(Coroutine<?> coroutine) {
                    Object answer = null;
                    try {
                        while (true) { answer = "<" + coroutine.send(answer) + ">"; }
                    } catch (StopIteration end) {
                        return end.value();
                    }
                }
                public static String all() {
                    EveryKind me = new EveryKind("me");
                    List<Long> numbers = new ArrayList<>();
                    for (long n : fibonacci(6)) { numbers.add(n); }
                    Supplier<Coroutine<String>> lambda = () -> Coroutine.of("lambda " + await(me.ask("z")));
                    return numbers + " " + drive(me.both()) + " " + drive(sum()) + " " + drive(lambda.get());
                }
                public static void main(String[] args) { System.out.println(all()); }
            }
            """;

    /** What {@link #EVERY_KIND} prints. */
    public static final String EVERY_KIND_OUTPUT =
            "[0, 1, 1, 2, 3, 5] me:x<x>,me:y<y> 6 lambda me:z<z>" + System.lineSeparator();

    private Application() {}

    /** Compiles {@code sources} for the class path, with the runtime. */
    public static Path compile(Path output, String... sources) throws IOException {
        return compile(output, List.of("-cp", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS))), sources);
    }

    /** Compiles {@code sources}, one of them {@code module-info}, for the module path, with the runtime. */
    public static Path compileModule(Path output, String... sources) throws IOException {
        return compile(output, List.of("-p", Jvm.path(List.of(Jvm.RUNTIME, Jvm.ANNOTATIONS))), sources);
    }

    /** Compiles {@code sources} with debug information into {@code output}, which it returns. */
    public static Path compile(Path output, List<String> path, String... sources) throws IOException {
        Files.createDirectories(output);
        List<String> options = new ArrayList<>(List.of("-d", output.toString(), "-g", "-proc:none"));
        options.addAll(path);
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, Arrays.stream(sources).map(Source::new).toList())
                .call();
        if (!compiled) {
            throw new AssertionError(messages.toString());
        }
        return output;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + nameOf(text) + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        private static String nameOf(String text) {
            if (text.startsWith("module ")) {
                return "module-info";
            }
            Matcher type = TYPE.matcher(text);
            Matcher packageName = PACKAGE.matcher(text);
            String prefix = packageName.find() ? packageName.group(1).replace('.', '/') + "/" : "";
            if (!type.find()) {
                throw new IllegalArgumentException(text);
            }
            return prefix + type.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
