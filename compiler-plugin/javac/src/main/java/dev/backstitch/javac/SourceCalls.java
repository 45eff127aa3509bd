package dev.backstitch.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.SourceLocation;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic.Kind;

/**
 * Where in the sources the calls and methods are that a diagnostic may be about. They have to be remembered from before
 * javac takes the trees apart; of files that import nothing of Backstitch, nothing is.
 */
final class SourceCalls {
    /** A call or method, its name and the line in which that stands. */
    private record Place(String name, long line, Tree tree) {}

    private final Map<URI, List<Place>> calls = new HashMap<>();
    private final Map<URI, List<Place>> methods = new HashMap<>();

    /** Remembers what is in {@code unit}, which has been analysed. */
    void collect(CompilationUnitTree unit, Trees javac) {
        URI file = unit.getSourceFile().toUri();
        if (!calls.containsKey(file) && concernsUs(unit)) {
            calls.put(file, new ArrayList<>());
            methods.put(file, new ArrayList<>());
            unit.accept(new Scanner(unit, javac), null);
        }
    }

    private static boolean concernsUs(CompilationUnitTree unit) {
        for (ImportTree imported : unit.getImports()) {
            if (imported.getQualifiedIdentifier().toString().startsWith("dev.backstitch.")) {
                return true;
            }
        }
        return unit.getPackageName() != null && unit.getPackageName().toString().startsWith("dev.backstitch");
    }

    /** Prints {@code diagnostic} as javac prints its own: at the call, else at the method, else at the class. */
    void print(Trees javac, Kind kind, Diagnostic diagnostic, TaskEvent event) {
        Tree tree = find(event.getSourceFile().toUri(), diagnostic.location());
        if (tree == null) {
            tree = javac.getTree(event.getTypeElement());
        }
        javac.printMessage(
                kind, diagnostic.format(), tree == null ? event.getCompilationUnit() : tree, event.getCompilationUnit());
    }

    private Tree find(URI file, SourceLocation location) {
        Tree nearest = null;
        long distance = Long.MAX_VALUE;
        for (Place place : calls.getOrDefault(file, List.of())) {
            boolean named = place.name.equals(location.call());
            long away = location.line() - place.line;
            if (away >= 0 && away < distance && (named || away == 0 && nearest == null)) {
                nearest = place.tree;
                distance = named ? away : 1;
            }
        }
        if (nearest == null) {
            for (Place place : methods.getOrDefault(file, List.of())) {
                if (place.name.equals(location.method()) && (nearest == null || place.line <= location.line())) {
                    nearest = place.tree;
                }
            }
        }
        return nearest;
    }

    private final class Scanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final URI file;
        private final Trees javac;
        private final String text;

        Scanner(CompilationUnitTree unit, Trees javac) {
            this.unit = unit;
            this.file = unit.getSourceFile().toUri();
            this.javac = javac;
            this.text = textOf(unit);
        }

        private static String textOf(CompilationUnitTree unit) {
            try {
                return unit.getSourceFile().getCharContent(true).toString();
            } catch (IOException e) {
                return ""; // javac has read it a moment ago; without it, positions are those of whole expressions
            }
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            String name = nameOf(call);
            if (name != null) {
                calls.get(file).add(new Place(name, lineAt(positionOfName(call)), call));
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private static String nameOf(MethodInvocationTree call) {
            return call.getMethodSelect() instanceof IdentifierTree name
                    ? name.getName().toString()
                    : call.getMethodSelect() instanceof MemberSelectTree member ? member.getIdentifier().toString() : null;
        }

        /** Where the name of the method stands: a call that goes over lines begins long before it. */
        private long positionOfName(MethodInvocationTree call) {
            long from = javac.getSourcePositions().getStartPosition(unit, call);
            if (call.getMethodSelect() instanceof MemberSelectTree member) {
                if (member.getExpression() instanceof MethodInvocationTree receiver && nameOf(receiver) != null) {
                    from = positionOfName(receiver) + 1;
                }
                int at = from < 0 ? -1 : text.indexOf(nameOf(call), (int) from);
                while (at >= 0 && !isCallAt(at, nameOf(call))) {
                    at = text.indexOf(nameOf(call), at + 1);
                }
                return at < 0 ? from : at;
            }
            return from;
        }

        private boolean isCallAt(int at, String name) {
            int end = at + name.length();
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            return end < text.length() && text.charAt(end) == '('
                    && (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)));
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long line = lineAt(javac.getSourcePositions().getStartPosition(unit, method));
            methods.get(file).add(new Place(method.getName().toString(), line, method));
            return super.visitMethod(method, nothing);
        }

        private long lineAt(long position) {
            return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
        }
    }
}
