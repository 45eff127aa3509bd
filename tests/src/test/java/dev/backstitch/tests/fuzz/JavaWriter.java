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

    private final SourceText out = new SourceText();
    private final Program program;
    private final Random random;
    /** The variables of the handlers around the present statement, innermost first. */
    private final Deque<String> caught = new ArrayDeque<>();
    /** Of the loops around the present statement, innermost first. */
    private final Deque<Labels> loops = new ArrayDeque<>();
    private Kind kind;

    /** What a {@code break} and a {@code continue} of a loop name: a break skips Python's {@code else} of the loop, too. */
    private record Labels(String broken, String continued) {}

    private JavaWriter(Program program) {
        this.program = program;
        this.random = new Random(program.seed());
    }

    /** The simple name of the class that {@code program} becomes. */
    static String className(Program program) {
        return "P" + program.seed();
    }

    static SourceText write(Program program) {
        JavaWriter writer = new JavaWriter(program);
        writer.classOf(program);
        return writer.out;
    }

    private void classOf(Program program) {
        out.line(0, "package " + PACKAGE + ";");
        out.line(0, "import static dev.backstitch.Coroutine.*;");
        out.line(0, "import static dev.backstitch.tests.fuzz.FuzzRig.*;");
        out.line(0, "import static dev.backstitch.tests.fuzz.FuzzDriver.*;");
        out.line(0, "import dev.backstitch.*;");
        out.line(0, "import dev.backstitch.annotations.*;");
        out.line(0, "import dev.backstitch.tests.fuzz.FuzzResource;");
        out.line(0, "import dev.backstitch.tests.fuzz.FuzzRig.*;");
        out.line(0, "public final class " + className(program) + " {");
        out.indent();
        out.line(0, "public static Object root() { return " + call(0, "1") + "; }");
        out.line(0, "static final class Box {");
        out.line(0, "    final int value;");
        out.line(0, "    Box(long wide, int value, double more) { this.value = value; }");
        out.line(0, "}");
        program.functions().forEach(this::function);
        out.outdent();
        out.line(0, "}");
    }

    private void function(Function f) {
        kind = f.kind();
        int number = f.number();
        switch (f.form()) {
            case STATIC -> method(f, "static ");
            case INSTANCE -> {
                out.line(0, "static final class I" + number + " {");
                method(f, "private ");
                out.line(0, "}");
            }
            case INTERFACE_DEFAULT -> {
                out.line(0, "interface D" + number + " {");
                method(f, "default ");
                out.line(0, "}");
                out.line(0, "static final class I" + number + " implements D" + number + " {}");
            }
        }
    }

    private String call(int function, String argument) {
        Function f = program.functions().get(function);
        String receiver = f.form() == Form.STATIC ? "" : "new I" + function + "().";
        return receiver + f.name() + "(" + argument + ")";
    }

    private void method(Function f, String modifiers) {
        String annotations = switch (kind) {
            case GENERATOR -> "@Generator ";
            case COROUTINE -> "@Async ";
            case ASYNC_GENERATOR -> "@Async @Generator ";
        };
        String type = switch (kind) {
            case GENERATOR -> "Gen<Integer> ";
            case COROUTINE -> "Coroutine<Integer> ";
            case ASYNC_GENERATOR -> "AsyncGen<Integer> ";
        };
        out.line(0, annotations + modifiers + type + f.name() + "(int v) {");
        out.indent();
        out.line(0, "int[] cell = new int[1];");
        block(f.body());
        out.line(0, end());
        out.outdent();
        out.line(0, "}");
    }

    private String end() {
        return switch (kind) {
            case GENERATOR -> "return Gen.end(v);";
            case COROUTINE -> "return Coroutine.of(v);";
            case ASYNC_GENERATOR -> "return AsyncGen.end();";
        };
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
        int site = statement.site();
        if (statement instanceof Stmt.Log s) {
            out.line(site, "T(" + site + ", " + text(s.value()) + ");");
        } else if (statement instanceof Stmt.Assign s) {
            out.line(site, assignment(text(s.value())));
        } else if (statement instanceof Stmt.If s) {
            nested(site, "if (" + text(s.value()) + " % " + s.modulus() + " == " + s.remainder() + ") {", s.then());
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
            out.line(site, end());
        } else if (statement instanceof Stmt.TailAwait s) {
            out.line(site, "return " + call(s.function(), text(s.argument())) + ";");
        } else if (statement instanceof Stmt.Raise s) {
            out.line(site, "throw new " + s.exception() + "(\"" + site + "\");");
        } else if (statement instanceof Stmt.Reraise) {
            out.line(site, "throw " + caught.peek() + ";");
        } else if (statement instanceof Stmt.With s) {
            out.line(site, "try (var r" + site + " = new FuzzResource(" + site + ", " + s.policy() + ")) {");
            out.indent();
            block(s.body());
            out.outdent();
            out.line(site, "}"); // where newer compilers say that the resource is closed
        } else if (statement instanceof Stmt.Reenter) {
            out.line(site, "T(" + site + ", reenter());");
        } else {
            attempt((Stmt.Try) statement);
        }
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
        String call = call(s.function(), text(s.argument()));
        String source = s.kind() == Kind.ASYNC_GENERATOR ? "awaitEach(" + call + ")" : call;
        loops.push(new Labels(label, label));
        out.line(s.site(), label + ": for (int i" + s.site() + " : " + source + ") {");
        out.indent();
        out.line(s.site(), "v = num(i" + s.site() + ");");
        block(s.body());
        out.outdent();
        out.line(0, "}");
        loops.pop();
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
        block(s.body());
        if (hasElse) {
            out.line(0, completed + " = true;");
        }
        out.outdent();
        for (Stmt.Handler handler : s.handlers()) {
            handler(handler);
        }
        if (ends && !hasElse) {
            nested(0, "} finally {", s.ending());
        } else {
            out.line(0, "}");
        }
        if (hasElse) {
            nested(0, "if (" + completed + ") {", s.otherwise());
            if (ends) {
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

    // ---------------------------------------------------------------- expressions

    /** {@code v = value}, in one of many ways. */
    private String assignment(String value) {
        return switch (random.nextInt(12)) {
            case 0 -> "{ long wide = " + value + "; v = (int) wide; }";
            case 1 -> "{ cell[0] = " + value + "; v = cell[0]; }";
            case 2 -> "v = new Box(1L, " + value + ", 2.0).value;";
            case 3 -> "{ double wide = " + value + "; v = (int) wide; }";
            case 4 -> "v = Integer.parseInt(\"\" + " + value + ");";
            case 5 -> "{ Integer boxed = " + value + "; v = boxed; }";
            case 6 -> "v = v >= 0 ? " + value + " : -1;";
            case 7 -> "v = switch (v & 1) { case 0 -> " + value + "; default -> " + value + "; };";
            case 8 -> "v = new Box(2L, new Box(v, " + value + ", 0.5).value, 1.0).value;";
            case 9 -> "{ cell[0] = 0; cell[0] += " + value + "; v = cell[0]; }";
            default -> "v = " + value + ";";
        };
    }

    private String text(Expr expression) {
        if (expression instanceof Expr.Local) {
            return "v";
        }
        if (expression instanceof Expr.Constant e) {
            return Integer.toString(e.value());
        }
        if (expression instanceof Expr.Binary e) {
            return "((" + text(e.left()) + " " + e.op() + " " + text(e.right()) + ") & 1023)";
        }
        if (expression instanceof Expr.Call e) {
            return "h(" + text(e.first()) + ", " + text(e.second()) + ", " + text(e.third()) + ")";
        }
        if (expression instanceof Expr.Choice e) {
            return "(v % 2 == 0 ? " + text(e.then()) + " : " + text(e.otherwise()) + ")";
        }
        if (expression instanceof Expr.Text e) {
            return "(" + text(e.left()) + " + \"-\" + " + text(e.right()) + ").length()";
        }
        if (expression instanceof Expr.Yield e) {
            return "num(Gen.<Object>yield(" + text(e.value()) + "))";
        }
        if (expression instanceof Expr.Request e) {
            return "num(await(" + (e.primitive() ? "ask" : "request") + "(" + text(e.value()) + ")))";
        }
        if (expression instanceof Expr.YieldFrom e) {
            return "num(Gen.<Object>yieldFrom(" + call(e.function(), text(e.argument())) + "))";
        }
        if (expression instanceof Expr.YieldFromList e) {
            return "num(Gen.<Object>yieldFrom(twice(" + text(e.argument()) + ")))";
        }
        Expr.Await e = (Expr.Await) expression;
        return "num(await(" + call(e.function(), text(e.argument())) + "))";
    }
}
