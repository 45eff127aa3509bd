package dev.backstitch.tests.fuzz;

import java.util.Random;

/** The ways to write the same in Java, which make different bytecode around a suspension; one is chosen at random. */
final class JavaVariants {
    private final Random random;

    JavaVariants(Random random) {
        this.random = random;
    }

    /** {@code v = value}, in one of many ways. */
    String assignment(String value) {
        return switch (random.nextInt(14)) {
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
            case 10 -> "{ long[] wide = {7L, " + value + ", 9L}; v = (int) wide[1]; }";
            case 11 -> "{ Object some = " + value + "; v = some instanceof Integer number ? number : -1; assert v >= 0; }";
            default -> "v = " + value + ";";
        };
    }

    String binary(char op, String left, String right) {
        return switch (random.nextInt(5)) {
            case 0 -> "((int) ((long) " + left + " " + op + " (long) " + right + ") & 1023)";
            case 1 -> op == '^'
                    ? "((int) (" + left + " ^ (long) " + right + ") & 1023)"
                    : "((int) ((double) " + left + " " + op + " " + right + ") & 1023)";
            case 2 -> op == '+' ? "(Math.addExact(" + left + ", " + right + ") & 1023)" : "((" + left + op + right + ") & 1023)";
            default -> "((" + left + " " + op + " " + right + ") & 1023)";
        };
    }

    String called(String first, String second, String third) {
        String arguments = first + ", " + second + ", " + third;
        return switch (random.nextInt(6)) {
            case 0 -> "hAll(" + arguments + ")";
            case 1 -> "hAll(new int[] {" + arguments + "})";
            case 2 -> "hWide(" + arguments + ")";
            default -> "h(" + arguments + ")";
        };
    }

    String concatenated(String left, String right) {
        return random.nextInt(3) == 0
                ? "new StringBuilder().append(" + left + ").append('-').append(" + right + ").length()"
                : "(" + left + " + \"-\" + " + right + ").length()";
    }
}
