package dev.backstitch.tests.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to programs where: for each operation of a driver, the points at which the functions of the chain were
 * suspended, by their construct and by the innermost region around them.
 */
final class Coverage {
    private final Map<String, Map<String, Integer>> cells = new TreeMap<>();

    /** Where a statement stands and what it suspends in; a statement with several points has no one place. */
    private record Place(String construct, String region) {}

    /**
     * Adds the run of {@code program}.
     *
     * @param operations lines "operation site,site…", the chain from its root inwards
     */
    void add(Program program, List<String> operations) {
        Map<Integer, Place> places = new HashMap<>();
        program.functions().forEach(f -> collect(f.body(), "body", places));
        for (String line : operations) {
            String[] parts = line.split(" ");
            for (String site : parts[1].split(",")) {
                Place place = places.get(Integer.parseInt(site));
                if (place != null) {
                    cells.computeIfAbsent(place.construct + " | " + place.region, k -> new TreeMap<>())
                            .merge(parts[0], 1, Integer::sum);
                }
            }
        }
    }

    private static void collect(List<Stmt> block, String region, Map<Integer, Place> places) {
        for (Stmt statement : block) {
            String construct = constructOf(statement);
            if (construct != null) {
                places.put(statement.site(), new Place(construct, region));
            }
            List<List<Stmt>> blocks = statement.blocks();
            for (int i = 0; i < blocks.size(); i++) {
                collect(blocks.get(i), regionOf(statement, i, blocks.size(), region), places);
            }
        }
    }

    private static String regionOf(Stmt statement, int block, int blocks, String outer) {
        if (statement instanceof Stmt.Try) {
            return block == 0 ? "try" : block == blocks - 1 ? "finally" : block == blocks - 2 ? "else" : "except";
        }
        if (statement instanceof Stmt.With) {
            return "with";
        }
        return statement instanceof Stmt.Loop || statement instanceof Stmt.Each
                ? outer.endsWith("loop") ? outer : outer + " loop"
                : outer;
    }

    private static String constructOf(Stmt statement) {
        List<String> points = statement.expressions().flatMap(Expr::all)
                .filter(e -> e instanceof Expr.Yield || e instanceof Expr.Request || e instanceof Expr.YieldFrom
                        || e instanceof Expr.YieldFromList || e instanceof Expr.Await)
                .map(e -> e.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .toList();
        boolean loops = statement instanceof Stmt.Each each && each.kind() == Program.Kind.ASYNC_GENERATOR;
        boolean tail = statement instanceof Stmt.TailAwait;
        return loops && points.isEmpty()
                ? "async for"
                : tail && points.isEmpty() ? "return await" : points.size() == 1 ? points.get(0) : null;
    }

    /** Counts by "construct | region", then by operation. */
    Map<String, Map<String, Integer>> cells() {
        return cells;
    }
}
