package dev.backstitch.tests.targets.locals.other;

/** A class of another package, and one that extends it, for {@code LocalsTarget}. */
public class Shape {
    public final String name;

    Shape(String name) {
        this.name = name;
    }

    /** A circle, by its own type. */
    public static Circle circle() {
        return new Circle();
    }

    /** A shape that the code which holds it need not name. */
    public static class Circle extends Shape {
        Circle() {
            super("circle");
        }
    }
}
