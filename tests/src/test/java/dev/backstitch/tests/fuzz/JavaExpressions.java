package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Form;
import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The expressions of a program as Java, and the helper methods that generator expressions become. */
final class JavaExpressions {
    private final Program program;
    private final Random random;
    private final JavaVariants variants;
    private final List<Helper> helpers = new ArrayList<>();
    /** Whether the present function reads its {@code this} here and there, and is in need of it in some states only. */
    private boolean readsThis;
    /** The statement that is written. */
    private int site;
    /** The variable of the comprehension around the present expression. */
    private String item;

    JavaExpressions(Program program, Random random, JavaVariants variants) {
        this.program = program;
        this.random = random;
        this.variants = variants;
    }

    /** The method that a generator expression becomes. */
    record Helper(int site, String head, String loop, String element, String end) {}

    /** Begins {@code function}. */
    void start(Function function) {
        readsThis = function.form() != Form.STATIC && function.form() != Form.LAMBDA && random.nextInt(3) > 0;
    }

    /** The expressions from now on are of the statement {@code newSite}. */
    void site(int newSite) {
        site = newSite;
    }

    /** The expressions from now on are a comprehension's over {@code variable}; null when it is over. */
    void item(String variable) {
        item = variable;
    }

    /** Helper methods that the functions written so far call. */
    List<Helper> helpers() {
        return helpers;
    }

    /** The return type of {@code f}, and a space. */
    static String typeOf(Function f) {
        return switch (f.type()) {
            case ITERATOR -> "Iterator<Integer> ";
            case ITERABLE -> "Iterable<Integer> ";
            case OF_INT -> "PrimitiveIterator.OfInt ";
            case FUTURE -> "CompletableFuture<Integer> ";
            case STAGE -> "CompletionStage<Integer> ";
            case PLAIN -> switch (f.kind()) {
                case GENERATOR -> "Gen<Integer> ";
                case COROUTINE -> "Coroutine<Integer> ";
                case ASYNC_GENERATOR -> "AsyncGen<Integer> ";
            };
        };
    }

    /** A call of the function with that number. */
    String call(int number, String argument) {
        Function f = program.functions().get(number);
        String receiver = switch (f.form()) {
            case STATIC, ANONYMOUS -> "";
            case LAMBDA -> "L" + number + ".MADE.";
            case RECORD, INTERFACE_DEFAULT -> "new I" + number + "(0).";
            case BRIDGED -> "((D" + number + "<Integer>) new I" + number + "()).";
            case INSTANCE -> "new I" + number + "().";
        };
        return receiver + f.name() + "(" + argument + ")";
    }

    /** The head of a loop that gives {@code variable} each element of {@code source}. */
    String loopOver(String variable, String source, boolean asynchronous, Program.Type type) {
        String iterator = variable + "s";
        return switch (type) {
            case ITERATOR -> "for (Iterator<Integer> " + iterator + " = " + source + "; " + iterator + ".hasNext();) { int "
                    + variable + " = " + iterator + ".next();";
            case OF_INT -> "for (PrimitiveIterator.OfInt " + iterator + " = " + source + "; " + iterator + ".hasNext();) { int "
                    + variable + " = " + iterator + ".nextInt();";
            default -> "for (int " + variable + " : " + (asynchronous ? "awaitEach(" + source + ")" : source) + ") {";
        };
    }

    /** A call of a helper method that generates {@code h(x, middle, 1)} for each x of {@code source} that the modulus does not divide. */
    String generatorExpression(int site, int number, String source, boolean asynchronous, int modulus, String middle) {
        Function f = program.functions().get(number);
        String name = "genexpr" + helpers.size();
        String made = asynchronous ? "@Async @Generator static AsyncGen<Integer> " : "@Generator static Gen<Integer> ";
        helpers.add(new Helper(site, made + name + "(" + typeOf(f) + "source) {",
                loopOver("x", "source", f.kind() == Kind.ASYNC_GENERATOR, f.type()) + " if (x % " + modulus + " != 0)",
                "Gen.yield(h(x, " + middle + ", 1));", asynchronous ? "return AsyncGen.end();" : "return Gen.end();"));
        return name + "(" + source + ")";
    }

    private String local() {
        if (!readsThis || random.nextInt(4) > 0) {
            return "v";
        }
        return random.nextBoolean() ? "(v + this.nothing())" : "(v + nothing())";
    }

    String text(Expr expression) {
        if (expression instanceof Expr.Local) {
            return local();
        }
        if (expression instanceof Expr.Item) {
            return item == null ? "v" : item;
        }
        if (expression instanceof Expr.Constant e) {
            return Integer.toString(e.value());
        }
        if (expression instanceof Expr.Binary e) {
            return variants.binary(e.op(), text(e.left()), text(e.right()));
        }
        if (expression instanceof Expr.Call e) {
            return variants.called(text(e.first()), text(e.second()), text(e.third()));
        }
        if (expression instanceof Expr.Choice e) {
            return "(v % 2 == 0 ? " + text(e.then()) + " : " + text(e.otherwise()) + ")";
        }
        if (expression instanceof Expr.Text e) {
            return variants.concatenated(text(e.left()), text(e.right()));
        }
        if (expression instanceof Expr.Yield e) {
            return "num(Gen.<Object>yield(" + text(e.value()) + "))";
        }
        if (expression instanceof Expr.Request e) {
            return "num(Coroutine.<Object>await(" + (e.primitive() ? "ask" : "request") + "(" + text(e.value()) + ")))";
        }
        if (expression instanceof Expr.Gate e) {
            return "num(Coroutine.<Object>await(gate(" + text(e.value()) + ")))";
        }
        if (expression instanceof Expr.YieldFrom e) {
            return "num(Gen.<Object>yieldFrom(" + call(e.function(), text(e.argument())) + "))";
        }
        if (expression instanceof Expr.YieldFromEach e) {
            String source = call(e.function(), text(e.argument()));
            return "num(Gen.<Object>yieldFrom("
                    + generatorExpression(site, e.function(), source, false, e.modulus(), Integer.toString(e.factor())) + "))";
        }
        if (expression instanceof Expr.YieldFromList e) {
            return "num(Gen.<Object>yieldFrom(twice(" + text(e.argument()) + ")))";
        }
        Expr.Await e = (Expr.Await) expression;
        return "num(Coroutine.<Object>await(" + call(e.function(), text(e.argument())) + "))";
    }
}
