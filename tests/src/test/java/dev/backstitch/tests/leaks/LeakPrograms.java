package dev.backstitch.tests.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random generators and coroutines whose variables hold markers. Each variable is assigned markers of its own name only,
 * so that a marker tells which variable keeps it.
 */
final class LeakPrograms {
    static final String PACKAGE = "dev.backstitch.tests.leaks.made";

    private final SplittableRandom random;
    private final String name;
    private final boolean async;
    private final StringBuilder out = new StringBuilder();
    private int point;
    private int variables;
    private int methods;

    private LeakPrograms(long seed) {
        this.random = new SplittableRandom(seed);
        this.name = "L" + seed;
        this.async = seed % 2 == 1;
    }

    /** The source of the class {@code L} and the seed, with a static method {@code root()}. */
    static String source(long seed) {
        return new LeakPrograms(seed).write();
    }

    private String write() {
        out.append("package ").append(PACKAGE).append(";\n"
                + "import static dev.backstitch.tests.leaks.LeakRig.*;\n"
                + "import dev.backstitch.*;\nimport dev.backstitch.annotations.*;\n"
                + "public class ").append(name).append(" extends Marker {\n  Marker field = new Marker();\n");
        methods = 2 + random.nextInt(3);
        for (int i = 0; i < methods; i++) {
            method(i);
        }
        out.append("  public static Object root() { return new ").append(name).append("().f0(7); }\n}\n");
        return out.toString();
    }

    private String type() {
        return async ? "Coroutine<Object>" : "Gen<Object>";
    }

    private void method(int index) {
        boolean instance = index == 0 || random.nextBoolean();
        out.append("  ").append(async ? "@Async " : "@Generator ").append(instance ? "" : "static ").append(type())
                .append(" f").append(index).append("(int n) {\n    int a = enter(\"").append(name).append(".f").append(index)
                .append("\");\n");
        if (instance) {
            out.append("    own(a, \"this\", this);\n");
        }
        block(index, instance, 0, new ArrayList<>(), 3 + random.nextInt(5));
        if (async && index + 1 < methods && random.nextInt(3) == 0) {
            String receiver = instance && random.nextBoolean() ? "this" : "new " + name + "()";
            line("end(a);");
            line("return " + receiver + ".f" + (index + 1) + "(n);\n  }"); // the activation waits, for nothing that it needs
            return;
        }
        out.append("    Marker result = m(a, \"result\");\n    end(a);\n    return ")
                .append(async ? "Coroutine.of" : "Gen.end").append("(result);\n  }\n");
    }

    private void block(int method, boolean instance, int depth, List<String> known, int statements) {
        List<String> scope = new ArrayList<>(known);
        for (int i = 0; i < statements; i++) {
            statement(method, instance, depth, scope);
        }
    }

    private void statement(int method, boolean instance, int depth, List<String> scope) {
        int choice = random.nextInt(depth < 3 ? 14 : 9);
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
            case 4, 5 -> suspend("", scope);
            case 6 -> {
                String r = "v" + variables++;
                int p = ++point;
                // A coroutine tells what it is awaiting, and so keeps its request until it is resumed.
                line("at(a, " + (async ? "\"yielded\", " : "") + p + ");");
                line("Marker " + r + " = own(a, \"" + r + "\", " + (method + 1 < methods && random.nextBoolean()
                        ? child(method) : suspension("m(a, \"yielded\")")) + ");");
                scope.add(r);
            }
            case 7 -> {
                int p = ++point;
                String operand = any(scope);
                line("at(a, \"" + operand.replace("\"", "") + "\", " + p + ");");
                line("use(m(a, \"t" + p + "\"), " + operand + ", " + (method + 1 < methods ? child(method)
                        : suspension("\"s\"")) + ");");
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

    private void suspend(String before, List<String> scope) {
        int p = ++point;
        line("at(a, " + p + ");");
        line("use(" + before + suspension("null") + ", " + any(scope) + ");");
    }

    private String suspension(String value) {
        return async ? "(Object) Coroutine.suspend(" + value + ")" : "(Object) Gen.yield(" + value + ")";
    }

    /** The result of a later method, on a new object if it is of one. */
    private String child(int method) {
        String call = "new " + name + "().f" + (method + 1) + "(n + " + point + ")";
        return async ? "(Object) Coroutine.await(" + call + ")" : "(Object) Gen.yieldFrom(" + call + ")";
    }

    private String any(List<String> scope) {
        return scope.isEmpty() ? "\"none\"" : scope.get(random.nextInt(scope.size()));
    }

    private void line(String text) {
        out.append("    ").append(text).append('\n');
    }
}
