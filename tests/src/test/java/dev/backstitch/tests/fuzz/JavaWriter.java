package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Form;
import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A program as Java. Where Java has several ways to say the same (a wide local, an object under construction, an array
 * element, a switch), one is chosen at random: they make different bytecode around the suspension, and the same trace.
 */
final class JavaWriter {
    static final String PACKAGE = "dev.backstitch.tests.fuzz.made";

    /** What stands in front of a class. */
    static final String HEAD = "package " + PACKAGE + ";\n" + """
            import static dev.backstitch.Coroutine.*;
            import static dev.backstitch.tests.fuzz.FuzzRig.*;
            import static dev.backstitch.tests.fuzz.FuzzDriver.*;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import dev.backstitch.tests.fuzz.FuzzResource;
            import dev.backstitch.tests.fuzz.FuzzRig.*;
            import java.util.*;
            import java.util.concurrent.*;
            """;

    /** A member that is 0, which the compiler does not know. */
    private static final String NOTHING = "final int nothing = \"\".length(); int nothing() { return nothing; }";

    private final SourceText out = new SourceText();
    private final Program program;
    private final Random random;
    private final JavaVariants variants;
    private final boolean forThreads;
    /** The variables of the handlers around the present statement, innermost first. */
    private final Deque<String> caught = new ArrayDeque<>();
    /** Of the loops around the present statement, innermost first. */
    private final Deque<Labels> loops = new ArrayDeque<>();
    private Function function;
    /** Whether the present function has locals that must be what they were at each end. */
    private boolean hasWitnesses;
    /** How many handlers, finally parts and resources what is thrown at the present statement would meet. */
    private int guards;
    private final JavaExpressions expressions;
    /** The statement that is written. */
    private int site;

    /** What a {@code break} and a {@code continue} of a loop name: a break skips Python's {@code else} of the loop, too. */
    private record Labels(String broken, String continued) {}

    private JavaWriter(Program program, boolean forThreads) {
        this.program = program;
        this.forThreads = forThreads;
        this.random = new Random(program.seed());
        this.variants = new JavaVariants(random);
        this.expressions = new JavaExpressions(program, random, variants);
    }

    /** The simple name of the class that {@code program} becomes. */
    static String className(Program program) {
        return "P" + program.seed();
    }

    static SourceText write(Program program) {
        return write(program, false);
    }

    /** The same program for the twin of the runtime on threads: each resource is left by calls of its exit. */
    static SourceText writeForThreads(Program program) {
        return write(program, true);
    }

    private static SourceText write(Program program, boolean forThreads) {
        JavaWriter writer = new JavaWriter(program, forThreads);
        writer.classOf(program);
        return writer.out;
    }

    private void classOf(Program program) {
        HEAD.lines().forEach(line -> out.line(0, line));
        out.line(0, "public final class " + className(program) + " {");
        out.indent();
        out.line(0, "public static Object root() { return " + expressions.call(0, "1") + "; }");
        out.line(0, "static final class Box {");
        out.line(0, "    final int value;");
        out.line(0, "    Box(long wide, int value, double more) { this.value = value; }");
        out.line(0, "}");
        program.functions().forEach(this::function);
        expressions.helpers().forEach(this::helper);
        out.outdent();
        out.line(0, "}");
    }

    private void helper(JavaExpressions.Helper helper) {
        out.line(0, helper.head());
        out.indent();
        out.line(helper.site(), helper.loop());
        out.line(helper.site(), helper.element());
        out.line(0, "}");
        out.line(0, helper.end());
        out.outdent();
        out.line(0, "}");
    }

    private void function(Function f) {
        function = f;
        hasWitnesses = random.nextInt(4) == 0;
        expressions.start(f);
        String name = f.name();
        String type = JavaExpressions.typeOf(f);
        String inner = "I" + f.number();
        out.owner(name);
        switch (f.form()) {
            case STATIC -> method(mark(f) + "static " + type + name + "(int v) {");
            case ANONYMOUS -> {
                out.line(0, "static " + type + name + "(int p) {");
                out.line(0, "return new Object() {");
                out.line(0, NOTHING);
                method(mark(f) + type + name + "() {", "int v = p;");
                out.line(0, "}." + name + "();");
                out.line(0, "}");
            }
            case LAMBDA -> {
                out.line(0, "interface D" + f.number() + " { " + type + name + "(int v); }");
                out.line(0, "static final class L" + f.number() + " {");
                method("static final D" + f.number() + " MADE = v -> {");
                out.line(0, ";");
                out.line(0, "}");
            }
            case INSTANCE -> inner("static final class " + inner, NOTHING, mark(f) + "private " + type + name + "(int v) {");
            case RECORD -> inner("record " + inner + "(int nothing)", "", mark(f) + type + name + "(int v) {");
            case INTERFACE_DEFAULT -> {
                inner("interface D" + f.number(), "int nothing();", mark(f) + "default " + type + name + "(int v) {");
                out.line(0, "record " + inner + "(int nothing) implements D" + f.number() + " {}");
            }
            case BRIDGED -> {
                out.line(0, "interface D" + f.number() + "<T> { " + type + name + "(T v); }");
                inner("static final class " + inner + " implements D" + f.number() + "<Integer>", NOTHING,
                        mark(f) + "public " + type + name + "(Integer v) {");
            }
        }
        out.owner("");
    }

    private static String mark(Function f) {
        return switch (f.kind()) {
            case GENERATOR -> "@Generator ";
            case COROUTINE -> "@Async ";
            case ASYNC_GENERATOR -> "@Async @Generator ";
        };
    }

    private void inner(String type, String member, String head) {
        out.line(0, type + " {");
        out.line(0, member);
        method(head);
        out.line(0, "}");
    }

    private void method(String head, String... first) {
        out.line(0, head);
        out.indent();
        List.of(first).forEach(line -> out.line(0, line));
        out.line(0, "int[] cell = new int[1];");
        if (hasWitnesses) {
            out.line(0, "long w1 = v; double w2 = v + 0.5; String w3 = \"w\" + v; int[] w4 = {v}; float w5 = v;");
        }
        block(function.body());
        end(0);
        out.outdent();
        out.line(0, "}");
    }

    private void end(int where) {
        if (hasWitnesses) {
            out.line(0, "witness(w1, w2, w3, w4, w5);");
        }
        out.line(where, switch (function.type()) {
            case ITERATOR, ITERABLE -> "return Gen.end(v);";
            case OF_INT -> "return null;";
            case FUTURE, STAGE -> "return CompletableFuture.completedFuture((Integer) v);";
            case PLAIN -> switch (function.kind()) {
                case GENERATOR -> "return Gen.end(v);";
                case COROUTINE -> "return Coroutine.of(v);";
                case ASYNC_GENERATOR -> "return AsyncGen.end();";
            };
        });
    }

    // ---------------------------------------------------------------- statements

    private void block(List<Stmt> block) {
        block.forEach(this::statement);
    }

    private void nested(int site, String head, List<Stmt> block) {
        out.line(site, head);
        out.indent();
        block(block);
        out.outdent();
        out.line(0, "}");
    }

    private void statement(Stmt statement) {
        site = statement.site();
        expressions.site(site);
        if (statement instanceof Stmt.Log s) {
            out.line(site, "T(" + site + ", " + expressions.text(s.value()) + ");");
        } else if (statement instanceof Stmt.Assign s) {
            out.line(site, variants.assignment(expressions.text(s.value())));
        } else if (statement instanceof Stmt.If s) {
            nested(site, "if (" + expressions.text(s.value()) + " % " + s.modulus() + " == " + s.remainder() + ") {", s.then());
            if (!s.otherwise().isEmpty()) {
                nested(0, "else {", s.otherwise());
            }
        } else if (statement instanceof Stmt.Loop s) {
            loop(s);
        } else if (statement instanceof Stmt.Each s) {
            each(s);
        } else if (statement instanceof Stmt.Leave s) {
            out.line(site, s.breaks() ? "break " + loops.peek().broken() + ";" : "continue " + loops.peek().continued() + ";");
        } else if (statement instanceof Stmt.Return) {
            end(site);
        } else if (statement instanceof Stmt.TailAwait s) {
            tailAwait(s);
        } else if (statement instanceof Stmt.LeaveOuter s) {
            Labels outer = loops.stream().skip(1).findFirst().orElseThrow();
            out.line(site, s.breaks() ? "break " + outer.broken() + ";" : "continue " + outer.continued() + ";");
        } else if (statement instanceof Stmt.Comprehension s) {
            comprehension(s);
        } else if (statement instanceof Stmt.Switch s) {
            choose(s);
        } else if (statement instanceof Stmt.Raise s) {
            out.line(site, "throw new " + s.exception() + "(\"" + site + "\");");
        } else if (statement instanceof Stmt.Reraise) {
            out.line(site, "throw " + caught.peek() + ";");
        } else if (statement instanceof Stmt.With s) {
            with(s);
        } else if (statement instanceof Stmt.Reenter) {
            out.line(site, "T(" + site + ", reenter());");
        } else {
            attempt((Stmt.Try) statement);
        }
    }

    private void with(Stmt.With s) {
        String resource = "r" + s.site();
        String failure = "f" + s.site();
        String made = "var " + resource + " = new FuzzResource(" + s.site() + ", " + s.policy() + ")";
        out.line(s.site(), forThreads ? "{ " + made + "; Throwable " + failure + " = null; try {" : "try (" + made + ") {");
        out.indent();
        guards++;
        block(s.body());
        guards--;
        out.outdent();
        if (forThreads) {
            out.line(s.site(), "} catch (Throwable t" + s.site() + ") { " + failure + " = t" + s.site() + ";");
            out.line(s.site(), "    if (!Coroutine.<Boolean>await(" + resource + ".exit(" + failure + "))) throw t" + s.site() + ";");
            out.line(s.site(), "} finally { if (" + failure + " == null) await(" + resource + ".exit(null)); }");
        }
        out.line(s.site(), "}"); // where newer compilers say that the resource is closed
    }

    private void loop(Stmt.Loop s) {
        String variable = "i" + s.site();
        String label = "loop" + s.site();
        boolean hasElse = !s.otherwise().isEmpty();
        String left = hasElse ? "whole" + s.site() : label;
        if (hasElse) {
            out.line(0, left + ": {");
        }
        loops.push(new Labels(left, label));
        nested(s.site(), label + ": for (int " + variable + " = 0; " + variable + " < " + s.times() + "; " + variable + "++) {",
                s.body());
        loops.pop();
        if (hasElse) {
            block(s.otherwise());
            out.line(0, "}");
        }
    }

    private void each(Stmt.Each s) {
        String label = "loop" + s.site();
        String variable = "i" + s.site();
        String source = expressions.call(s.function(), expressions.text(s.argument()));
        if (s.filter() != null) {
            String middle = s.filter().awaits() ? "num(Coroutine.<Object>await(request(x)))" : "2";
            source = expressions.generatorExpression(s.site(), s.function(), source, s.isAsynchronous(), s.filter().modulus(), middle);
        }
        loops.push(new Labels(label, label));
        out.line(s.site(), label + ": " + expressions.loopOver(variable, source, s.isAsynchronous(),
                s.filter() == null ? program.functions().get(s.function()).type() : Program.Type.PLAIN));
        out.indent();
        out.line(s.site(), "v = num(" + variable + ");");
        block(s.body());
        out.outdent();
        out.line(0, "}");
        loops.pop();
    }

    private void comprehension(Stmt.Comprehension s) {
        String sum = "sum" + s.site();
        String outer = "x" + s.site();
        boolean asynchronous = s.kind() == Kind.ASYNC_GENERATOR;
        String source = expressions.call(s.function(), expressions.text(s.argument()));
        out.line(s.site(), "{ int " + sum + " = 0; "
                + expressions.loopOver(outer, source, asynchronous, program.functions().get(s.function()).type()));
        out.indent();
        String item = s.twice() ? "y" + s.site() : outer;
        expressions.item(item);
        if (s.twice()) {
            out.line(s.site(), "for (int " + item + " = " + outer + "; " + item + " <= " + outer + " + 1; " + item + "++) {");
        }
        String condition = s.condition() == null ? "" : "if (" + expressions.text(s.condition()) + " % " + s.modulus() + " == 0) ";
        out.line(s.site(), condition + sum + " += " + expressions.text(s.element()) + ";");
        expressions.item(null);
        out.outdent();
        out.line(s.site(), "} " + (s.twice() ? "} " : "") + "v = num(" + sum + "); }");
    }

    private void choose(Stmt.Switch s) {
        int last = s.cases().size() - 1;
        String value = expressions.text(s.value()) + " % " + (last + 1);
        boolean strings = random.nextInt(3) == 0;
        boolean arrows = !s.falls() && random.nextInt(2) == 0;
        out.line(s.site(), "switch (" + (strings ? "\"case\" + " + value : value) + ") {");
        for (int i = 0; i <= last; i++) {
            String head = i == last ? "default" : "case " + (strings ? "\"case" + i + "\"" : i);
            nested(0, head + (arrows ? " -> {" : ": {"), s.cases().get(i));
            if (!arrows && !s.falls()) {
                out.line(0, "break;");
            }
        }
        out.line(0, "}");
    }

    private void tailAwait(Stmt.TailAwait s) {
        String call = expressions.call(s.function(), expressions.text(s.argument()));
        boolean hot = program.functions().get(s.function()).type() != Program.Type.PLAIN;
        // A lambda that suspends nowhere else is an ordinary one, and what it returns is all there is.
        // And what is thrown into the other is thrown here, if something here would see it.
        boolean awaits = hot || function.form() == Program.Form.LAMBDA || guards > 0;
        out.line(s.site(), function.type() != Program.Type.PLAIN
                ? "return CompletableFuture.completedFuture((Integer) num(await(" + call + ")));"
                : awaits ? "return Coroutine.of(num(await(" + call + ")));" : "return " + call + ";");
    }

    /** {@code try … else}: the else part stands behind the handlers' reach, but within that of the finally. */
    private void attempt(Stmt.Try s) {
        boolean ends = !s.ending().isEmpty();
        boolean hasElse = !s.otherwise().isEmpty();
        String completed = "ok" + s.site();
        if (hasElse) {
            out.line(0, "boolean " + completed + " = false;");
        }
        if (ends && hasElse) {
            out.line(s.site(), "try {");
            out.indent();
        }
        out.line(s.site(), "try {");
        out.indent();
        guards += ends ? 2 : 1;
        block(s.body());
        guards--;
        if (hasElse) {
            out.line(0, completed + " = true;");
        }
        out.outdent();
        for (Stmt.Handler handler : s.handlers()) {
            handler(handler);
        }
        if (ends && !hasElse) {
            guards--;
            nested(0, "} finally {", s.ending());
        } else {
            out.line(0, "}");
        }
        if (hasElse) {
            nested(0, "if (" + completed + ") {", s.otherwise());
            if (ends) {
                guards--;
                out.outdent();
                nested(0, "} finally {", s.ending());
            }
        }
    }

    private void handler(Stmt.Handler handler) {
        String variable = "e" + caught.size();
        String type = handler.exception().equals("BaseException") ? "Throwable" : handler.exception();
        out.line(handler.site(), "} catch (" + type + " " + variable + ") {");
        out.indent();
        caught.push(variable);
        out.line(handler.site(), "T(" + handler.site() + ", X(" + variable + "));");
        block(handler.body());
        caught.pop();
        out.outdent();
    }
}
