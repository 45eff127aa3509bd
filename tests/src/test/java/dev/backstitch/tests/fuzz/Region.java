package dev.backstitch.tests.fuzz;

/**
 * What is around a point at which a function is suspended.
 *
 * @param kind of the innermost part of a statement that counts as a region
 * @param loop whether the innermost loop around the point is inside that part
 */
record Region(Kind kind, boolean loop) {
    /** The parts of statements. */
    enum Kind {
        BODY,
        TRY,
        EXCEPT,
        /** Of a try. */
        ELSE,
        FINALLY,
        WITH,
        LOOP_ELSE,
        COMPREHENSION,
        GENERATOR_EXPRESSION
    }

    static final Region OUTERMOST = new Region(Kind.BODY, false);

    /** The region that block {@code number} of {@code statement} is, this one being around it. */
    Region inside(Stmt statement, int number) {
        int blocks = statement.blocks().size();
        if (statement instanceof Stmt.Try) {
            return new Region(
                    number == 0 ? Kind.TRY : number == blocks - 1 ? Kind.FINALLY : number == blocks - 2 ? Kind.ELSE : Kind.EXCEPT,
                    false);
        }
        if (statement instanceof Stmt.With) {
            return new Region(Kind.WITH, false);
        }
        if (statement instanceof Stmt.Loop && number == 1) {
            return new Region(Kind.LOOP_ELSE, false);
        }
        return statement instanceof Stmt.Loop || statement instanceof Stmt.Each ? new Region(kind, true) : this;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + (loop ? " loop" : "");
    }
}
