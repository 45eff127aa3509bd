package dev.backstitch.tests.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random generators, coroutines, hot ones too, and asynchronous generators whose variables hold markers. Each variable is
 * assigned markers of its own name only, so that a marker tells which variable keeps it.
 */
final class LeakPrograms {
    static final String PACKAGE = "dev.backstitch.tests.leaks.made";

    /** What a method is. */
    private enum Kind {
        GENERATOR("@Generator", "Gen<Object>"),
        COROUTINE("@Async", "Coroutine<Object>"),
        HOT("@Async", "CompletableFuture<Object>"),
        ASYNC_GENERATOR("@Async @Generator", "AsyncGen<Object>");

        final String annotations;
        final String type;

        Kind(String annotations, String type) {
            this.annotations = annotations;
            this.type = type;
        }
    }

    private final SplittableRandom random;
    private final String name;
    /** Of each method; the first is what the seed says, and only generators are of one kind. */
    private final List<Kind> kinds = new ArrayList<>();
    /** Whether hot coroutines may be awaited later than they are called; their results are no markers then. */
    private final boolean concurrent;
    private final StringBuilder out = new StringBuilder();
    private int point;
    private int variables;
    private int methods;
    /** Whether the next method's result is that of the root too: whoever holds the root may ask it, unless it is a coroutine. */
    private boolean rootResult = true;

    private LeakPrograms(long seed) {
        this.random = new SplittableRandom(seed);
        this.name = "L" + seed;
        this.kinds.add(Kind.values()[(int) (seed % Kind.values().length)]);
        this.concurrent = random.nextInt(3) == 0;
    }

    /** The source of the class {@code L} and the seed, with a static method {@code root()}. */
    static String source(long seed) {
        return new LeakPrograms(seed).write();
    }

    private String write() {
        out.append("package ").append(PACKAGE).append(";\n"
                + "import static dev.backstitch.tests.leaks.LeakRig.*;\n"
                + "import dev.backstitch.*;\nimport dev.backstitch.annotations.*;\n"
                + "import java.util.concurrent.CompletableFuture;\n"
                + "public class ").append(name).append(" extends Marker {\n  Marker field = new Marker();\n");
        methods = 2 + random.nextInt(3);
        for (int i = 1; i < methods; i++) {
            kinds.add(kinds.get(0) == Kind.GENERATOR ? Kind.GENERATOR : Kind.values()[1 + random.nextInt(3)]);
        }
        StringBuilder overriding = new StringBuilder();
        for (int i = 0; i < methods; i++) {
            method(i, overriding);
        }
        out.append("  public static Object root() { return new ").append(name).append("().f0(7); }\n")
                .append("  static class Keeping extends ").append(name).append(" {\n").append(overriding).append("  }\n}\n");
        return out.toString();
    }

    private void method(int index, StringBuilder overriding) {
        boolean instance = index == 0 || random.nextBoolean();
        Kind kind = kinds.get(index);
        String signature = kind.type + " f" + index + "(int n)";
        if (instance && (kind == Kind.COROUTINE || kind == Kind.ASYNC_GENERATOR)) { // which have no result that they must keep
            overriding.append("    @Override " + signature + " { return keep(super.f" + index + "(n)); }\n");
        }
        out.append("  ").append(kind.annotations).append(instance ? " " : " static ").append(signature)
                .append(" {\n    int a = enter(\"").append(name).append(".f").append(index).append("\");\n");
        if (instance) {
            out.append("    own(a, \"this\", this);\n");
        }
        if (kind == Kind.ASYNC_GENERATOR) { // so that its first value can be awaited
            suspend("(Object) Gen.yield(m(a, \"yielded\"))", "\"none\"");
        }
        block(index, instance, 0, new ArrayList<>(), 3 + random.nextInt(5));
        boolean mayWait = kind == Kind.COROUTINE || kind == Kind.HOT;
        if (mayWait && index + 1 < methods && kinds.get(index + 1) == kind && random.nextInt(3) == 0) {
            String receiver = instance && random.nextBoolean() ? "this" : "new " + name + "()";
            line("end(a);");
            line("return " + receiver + ".f" + (index + 1) + "(n);\n  }"); // the activation waits, for nothing that it needs
            return;
        }
        if (kind == Kind.ASYNC_GENERATOR) {
            line("end(a);\n    return AsyncGen.end();\n  }");
            rootResult = false;
            return;
        }
        boolean marked = kind != Kind.HOT || !concurrent;
        boolean kept = rootResult && kind != Kind.COROUTINE;
        line("Object result = " + (marked ? "m(a, \"" + (kept ? "kept" : "result") + "\")" : "\"\"") + ";");
        rootResult = false;
        line("end(a);");
        String end = kind == Kind.GENERATOR ? "Gen.end" : kind == Kind.HOT ? "CompletableFuture.completedFuture" : "Coroutine.of";
        line("return " + end + "(result);\n  }");
    }

    private void block(int method, boolean instance, int depth, List<String> known, int statements) {
        List<String> scope = new ArrayList<>(known);
        for (int i = 0; i < statements; i++) {
            statement(method, instance, depth, scope);
        }
    }

    private void statement(int method, boolean instance, int depth, List<String> scope) {
        int choice = random.nextInt(depth < 3 ? 16 : 9);
        switch (choice) {
            case 0, 1 -> {
                String v = "v" + variables++;
                line("Marker " + v + " = m(a, \"" + v + "\");");
                scope.add(v);
            }
            case 2 -> line("use(" + any(scope) + ");");
            case 3 -> {
                if (!scope.isEmpty()) {
                    String v = any(scope);
                    line(v + " = " + (random.nextInt(3) == 0 ? "null" : "m(a, \"" + v + "\")") + ";");
                }
            }
            case 4, 5 -> suspend(suspension(method, "null"), any(scope));
            case 6 -> {
                String r = "v" + variables++;
                int p = ++point;
                String expression = method + 1 < methods && random.nextBoolean()
                        ? child(method) : suspension(method, "m(a, \"yielded\")");
                // A coroutine tells what it is awaiting, and so keeps its request until it is resumed.
                line("at(a, " + (expression.contains("suspend(") ? "\"yielded\", " : "") + p + ");");
                line("Marker " + r + " = own(a, \"" + r + "\", " + expression + ");");
                scope.add(r);
            }
            case 7 -> {
                int p = ++point;
                String operand = any(scope);
                line("at(a, \"" + operand.replace("\"", "") + "\", " + p + ");");
                line("use(m(a, \"t" + p + "\"), " + operand + ", " + (method + 1 < methods ? child(method)
                        : suspension(method, "\"s\"")) + ");");
            }
            case 8 -> line(instance && random.nextBoolean() ? "use(this.field);" : "n = n * 31 + " + random.nextInt(9) + ";");
            case 9 -> {
                line("if (unknown(n)) {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
                line("} else {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
                line("}");
            }
            case 10 -> {
                String i = "i" + variables++;
                line("for (int " + i + " = 0; " + i + " < 2; " + i + "++) {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
                line("if (unknown(n + " + i + ")) " + (random.nextBoolean() ? "continue;" : "break;"));
                line("}");
            }
            case 11 -> {
                line("try {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
                line("if (unknown(n)) throw new IllegalStateException();");
                line("} catch (IllegalStateException e" + variables + ") {");
                variables++;
                block(method, instance, depth + 1, scope, 1 + random.nextInt(2));
                line("}");
            }
            case 12 -> {
                line("try {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
                line("} finally {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(2));
                line("}");
            }
            case 13 -> each(method, instance, depth, scope);
            case 14 -> later(method, instance, depth, scope);
            default -> {
                line("switch (n & 3) {");
                line("case 0: use(" + any(scope) + ");");
                line("case 1: {");
                block(method, instance, depth + 1, scope, 1 + random.nextInt(2));
                line("break; }");
                line("default: use(); }");
            }
        }
    }

    private void suspend(String suspension, String used) {
        line("at(a, " + ++point + ");");
        line("use(" + suspension + ", " + used + ");");
    }

    /** {@code async for}, where the next method can be iterated so: its values are those that it yields. */
    private void each(int method, boolean instance, int depth, List<String> scope) {
        if (method + 1 == methods || kinds.get(method + 1) != Kind.ASYNC_GENERATOR) {
            return;
        }
        String v = "v" + variables++;
        int p = ++point;
        line("at(a, " + p + ");");
        line("for (Object x" + p + " : Coroutine.awaitEach(" + call(method) + ")) {");
        List<String> inner = new ArrayList<>(scope);
        if (random.nextBoolean()) {
            line("Marker " + v + " = own(a, \"" + v + "\", x" + p + ");");
            inner.add(v);
        }
        block(method, instance, depth + 1, inner, random.nextInt(3));
        line("at(a, " + p + ");\n    }");
    }

    /** A coroutine that is awaited later than it is made; a hot one runs on its own until then. */
    private void later(int method, boolean instance, int depth, List<String> scope) {
        Kind next = method + 1 == methods ? Kind.GENERATOR : kinds.get(method + 1);
        if (next != Kind.COROUTINE && (next != Kind.HOT || !concurrent)) {
            return;
        }
        String c = "c" + variables++;
        line(next.type + " " + c + " = " + call(method) + ";");
        block(method, instance, depth + 1, scope, 1 + random.nextInt(3));
        suspend("(Object) Coroutine.await(" + c + ")", any(scope));
    }

    private String suspension(int method, String value) {
        String pending = "(Object) Coroutine.await(pending())";
        String yield = "(Object) Gen.yield(" + value + ")";
        // Where a hot coroutine waits for it, nobody would answer a request.
        String request = kinds.subList(0, method).contains(Kind.HOT) ? pending : "(Object) Coroutine.suspend(" + value + ")";
        return switch (kinds.get(method)) {
            case GENERATOR -> yield;
            case COROUTINE -> random.nextInt(3) == 0 ? pending : request;
            case HOT -> pending;
            case ASYNC_GENERATOR -> random.nextInt(4) == 0 ? pending : random.nextBoolean() ? yield : request;
        };
    }

    /** The result of a later method, or the first value; on a new object if it is of one. */
    private String child(int method) {
        return switch (kinds.get(method + 1)) {
            case GENERATOR -> "(Object) Gen.yieldFrom(" + call(method) + ")";
            case COROUTINE, HOT -> "(Object) Coroutine.await(" + call(method) + ")";
            case ASYNC_GENERATOR -> "(Object) Coroutine.await(" + call(method) + ".next())";
        };
    }

    /** On an object of the class itself, or of the one that keeps the coroutines which it hands on. */
    private String call(int method) {
        return "new " + (random.nextInt(4) == 0 ? "Keeping" : name) + "().f" + (method + 1) + "(n + " + point + ")";
    }

    private String any(List<String> scope) {
        return scope.isEmpty() ? "\"none\"" : scope.get(random.nextInt(scope.size()));
    }

    private void line(String text) {
        out.append("    ").append(text).append('\n');
    }
}
