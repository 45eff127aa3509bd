package dev.backstitch.tests.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was done to programs where: for each operation of a driver, the points at which the functions of the chain were
 * suspended, by their construct and by the innermost region around them.
 */
final class Coverage {
    private final Map<String, Map<String, Integer>> cells = new TreeMap<>();

    /** A statement, and the region it stands in. */
    private record Place(Stmt statement, Region region) {}

    /**
     * Adds the run of {@code program}.
     *
     * @param operations lines "operation point,point…", the chain from its root inwards; see {@code fuzz_rig.py}
     */
    void add(Program program, List<String> operations) {
        Map<Integer, Place> places = new HashMap<>();
        program.functions().forEach(f -> collect(f.body(), Region.OUTERMOST, places));
        for (String line : operations) {
            String[] parts = line.split(" ");
            for (String point : parts[1].split(",")) {
                String[] words = point.split(":");
                Place place = places.get(Integer.parseInt(words[0]));
                if (place != null) {
                    cells.computeIfAbsent(nameOf(place, words), k -> new TreeMap<>()).merge(parts[0], 1, Integer::sum);
                }
            }
        }
    }

    private static String nameOf(Place place, String[] words) {
        Region region = place.region;
        if (words.length > 2) {
            region = new Region(Region.Kind.GENERATOR_EXPRESSION, false);
        } else if (place.statement instanceof Stmt.Comprehension) {
            region = new Region(Region.Kind.COMPREHENSION, false);
        }
        String construct = words[1].replace('_', ' ');
        boolean tail = place.statement instanceof Stmt.TailAwait s
                && construct.equals("await")
                && s.argument().all().noneMatch(e -> e instanceof Expr.Await);
        return (tail ? "return await" : construct) + " | " + region;
    }

    private static void collect(List<Stmt> block, Region region, Map<Integer, Place> places) {
        for (Stmt statement : block) {
            places.put(statement.site(), new Place(statement, region));
            List<List<Stmt>> blocks = statement.blocks();
            for (int i = 0; i < blocks.size(); i++) {
                collect(blocks.get(i), region.inside(statement, i), places);
            }
        }
    }

    /** Counts by "construct | region", then by operation. */
    Map<String, Map<String, Integer>> cells() {
        return cells;
    }

    /** How many cells were reached. */
    int reached() {
        return cells.values().stream().mapToInt(Map::size).sum();
    }

    /** The cells that can be reached and were not. */
    List<Cell> missing() {
        return Cell.REACHABLE.stream()
                .filter(c -> !cells.getOrDefault(c.place(), Map.of()).containsKey(Cell.nameOf(c.operation())))
                .toList();
    }

    /** Reads what {@link #table} wrote. */
    static Coverage of(String table) {
        Coverage coverage = new Coverage();
        List<String[]> rows = table.lines().map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1)).toList();
        String[] operations = rows.get(0);
        for (String[] row : rows.subList(2, rows.size())) {
            Map<String, Integer> counts = new TreeMap<>();
            for (int i = 2; i < row.length; i++) {
                if (!row[i].equals("0")) {
                    counts.put(operations[i], Integer.valueOf(row[i]));
                }
            }
            coverage.cells.put(row[0] + " | " + row[1], counts);
        }
        return coverage;
    }

    /** As a table of Markdown. */
    String table() {
        TreeSet<String> operations = new TreeSet<>();
        cells.values().forEach(row -> operations.addAll(row.keySet()));
        StringBuilder s = new StringBuilder("| construct | region | " + String.join(" | ", operations) + " |\n");
        s.append("|---|---|").append("---:|".repeat(operations.size())).append('\n');
        cells.forEach((place, row) -> s.append("| ").append(place).append(" | ")
                .append(String.join(" | ", operations.stream().map(o -> String.valueOf(row.getOrDefault(o, 0))).toList()))
                .append(" |\n"));
        return s.toString();
    }
}
