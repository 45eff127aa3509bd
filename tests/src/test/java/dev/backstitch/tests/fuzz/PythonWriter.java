package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A program as Python, for {@code fuzz_rig.py} to run. */
final class PythonWriter {
    private final SourceText out = new SourceText();
    /** Of the loops around the present statement, innermost first. */
    private final Deque<Integer> loops = new ArrayDeque<>();
    private final Program program;
    private Function function;
    /** How many handlers surround the present statement; names their variables. */
    private int handlers;
    /** The variable of the comprehension around the present expression. */
    private String item;

    private PythonWriter(Program program) {
        this.program = program;
    }

    static SourceText write(Program program) {
        PythonWriter writer = new PythonWriter(program);
        program.functions().forEach(writer::function);
        writer.out.line(0, "KIND = '" + program.rootKind() + "'");
        writer.out.line(0, "ROOT = f0");
        writer.out.line(0, "OPERATIONS = [" + program.operations().stream().map(PythonWriter::operation)
                .collect(Collectors.joining(", ")) + "]");
        return writer.out;
    }

    private static String operation(Operation o) {
        return "('" + o.verb().name().toLowerCase(Locale.ROOT) + "', " + o.value() + ", '" + o.exception() + "')";
    }

    private void function(Function f) {
        function = f;
        Kind kind = f.kind();
        out.line(0, (kind == Kind.GENERATOR ? "def " : "async def ") + function.name() + "(v):");
        out.indent();
        block(f.body());
        if (kind == Kind.GENERATOR) {
            out.line(0, "if False: yield");
        }
        out.line(0, kind == Kind.ASYNC_GENERATOR ? "if False: yield" : end());
        out.outdent();
    }

    private String end() {
        return function.kind() == Kind.ASYNC_GENERATOR || function.type() == Program.Type.OF_INT ? "return" : "return v";
    }

    private void block(List<Stmt> block) {
        if (block.isEmpty()) {
            out.line(0, "pass");
        }
        block.forEach(this::statement);
    }

    private void nested(int site, String head, List<Stmt> block) {
        out.line(site, head);
        out.indent();
        block(block);
        out.outdent();
    }

    private void statement(Stmt statement) {
        int site = statement.site();
        if (statement instanceof Stmt.Log s) {
            out.line(site, "T(" + site + ", " + text(s.value()) + ")");
        } else if (statement instanceof Stmt.Assign s) {
            out.line(site, "v = " + text(s.value()));
        } else if (statement instanceof Stmt.If s) {
            nested(site, "if " + text(s.value()) + " % " + s.modulus() + " == " + s.remainder() + ":", s.then());
            if (!s.otherwise().isEmpty()) {
                nested(0, "else:", s.otherwise());
            }
        } else if (statement instanceof Stmt.Loop s) {
            boolean leaves = startLoop(s);
            loops.push(site);
            out.line(site, "for i" + site + " in range(" + s.times() + "):");
            loopBody(leaves, s.body(), () -> {});
            loops.pop();
            if (!s.otherwise().isEmpty()) {
                nested(0, "else:", s.otherwise());
            }
            endLoop(leaves, site);
        } else if (statement instanceof Stmt.Each s) {
            each(s);
        } else if (statement instanceof Stmt.Comprehension s) {
            comprehension(s);
        } else if (statement instanceof Stmt.Switch s) {
            choose(s);
        } else if (statement instanceof Stmt.Leave s) {
            if (loops.size() > 1) {
                out.line(site, "w" + loops.peek() + " = 0");
            }
            out.line(site, s.breaks() ? "break" : "continue");
        } else if (statement instanceof Stmt.LeaveOuter s) {
            out.line(site, "w" + loops.peek() + " = " + (s.breaks() ? 1 : 2));
            out.line(site, "break");
        } else if (statement instanceof Stmt.Return) {
            out.line(site, end());
        } else if (statement instanceof Stmt.TailAwait s) {
            out.line(site, "return await K(f" + s.function() + "(" + text(s.argument()) + "))");
        } else if (statement instanceof Stmt.Raise s) {
            out.line(site, "raise " + s.exception() + "(" + site + ")");
        } else if (statement instanceof Stmt.Reraise) {
            out.line(site, "raise");
        } else if (statement instanceof Stmt.With s) {
            nested(site, "async with Resource(" + site + ", " + s.policy() + "):", s.body());
        } else if (statement instanceof Stmt.Reenter) {
            out.line(site, "T(" + site + ", reenter())");
        } else {
            attempt((Stmt.Try) statement);
        }
    }

    // ---------------------------------------------------------------- loops

    /**
     * Whether something in {@code loop} leaves the loop around it, too. Python has no labels: a variable says that the outer
     * loop is left (1) or continued (2). What a {@code finally} puts in the place of that takes it back.
     */
    private boolean startLoop(Stmt loop) {
        boolean leaves = !loops.isEmpty()
                && Stmt.all(loop.blocks().get(0)).anyMatch(s -> s instanceof Stmt.LeaveOuter || s instanceof Stmt.Leave);
        if (leaves) {
            out.line(loop.site(), "w" + loop.site() + " = 0");
        }
        return leaves;
    }

    private void loopBody(boolean leaves, List<Stmt> body, Runnable first) {
        out.indent();
        if (leaves) {
            out.line(0, "w" + loops.peek() + " = 0");
        }
        first.run();
        block(body);
        if (leaves) {
            out.line(0, "w" + loops.peek() + " = 0");
        }
        out.outdent();
    }

    private void endLoop(boolean leaves, int site) {
        if (leaves) {
            out.line(0, "if w" + site + " == 1: break");
            out.line(0, "if w" + site + " == 2: continue");
        }
    }

    private void each(Stmt.Each s) {
        int site = s.site();
        String call = "K(f" + s.function() + "(" + text(s.argument()) + "))";
        String source = call;
        String async = s.kind() == Kind.ASYNC_GENERATOR ? "async " : "";
        if (s.filter() != null) {
            String middle = s.filter().awaits() ? "num(await Request(x))" : "2";
            source = "K((h(x, " + middle + ", 1) " + async + "for x in " + call + " if x % " + s.filter().modulus() + " != 0))";
        }
        boolean leaves = startLoop(s);
        loops.push(site);
        out.line(site, (s.isAsynchronous() ? "async " : "") + "for i" + site + " in " + source + ":");
        loopBody(leaves, s.body(), () -> out.line(site, "v = num(i" + site + ")"));
        loops.pop();
        endLoop(leaves, site);
    }

    private void comprehension(Stmt.Comprehension s) {
        String outer = "x" + s.site();
        String source = "K(f" + s.function() + "(" + text(s.argument()) + "))";
        item = s.twice() ? "y" + s.site() : outer;
        String clauses = (s.kind() == Kind.ASYNC_GENERATOR ? "async for " : "for ") + outer + " in " + source
                + (s.twice() ? " for " + item + " in twice(" + outer + ")" : "")
                + (s.condition() == null ? "" : " if " + text(s.condition()) + " % " + s.modulus() + " == 0");
        out.line(s.site(), "v = num(sum([" + text(s.element()) + " " + clauses + "]))");
        item = null;
    }

    private void choose(Stmt.Switch s) {
        String value = "c" + s.site();
        int last = s.cases().size() - 1;
        out.line(s.site(), value + " = " + text(s.value()) + " % " + (last + 1));
        for (int i = 0; i <= last; i++) {
            String head = s.falls()
                    ? "if " + value + " <= " + i + ":"
                    : i == 0 ? "if " + value + " == 0:" : i < last ? "elif " + value + " == " + i + ":" : "else:";
            nested(0, head, s.cases().get(i));
        }
    }

    // ---------------------------------------------------------------- the rest

    private void attempt(Stmt.Try s) {
        nested(s.site(), "try:", s.body());
        for (Stmt.Handler handler : s.handlers()) {
            String variable = "e" + handlers++;
            out.line(handler.site(), "except " + handler.exception() + " as " + variable + ":");
            out.indent();
            out.line(handler.site(), "T(" + handler.site() + ", X(" + variable + "))");
            block(handler.body());
            out.outdent();
            handlers--;
        }
        if (!s.otherwise().isEmpty()) {
            nested(0, "else:", s.otherwise());
        }
        if (!s.ending().isEmpty()) {
            nested(0, "finally:", s.ending());
        }
    }

    private String text(Expr expression) {
        if (expression instanceof Expr.Local) {
            return "v";
        }
        if (expression instanceof Expr.Item) {
            return item == null ? "v" : item;
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
            return "(" + text(e.then()) + " if v % 2 == 0 else " + text(e.otherwise()) + ")";
        }
        if (expression instanceof Expr.Text e) {
            return "len(\"%d-%d\" % (" + text(e.left()) + ", " + text(e.right()) + "))";
        }
        if (expression instanceof Expr.Yield e) {
            return "num((yield " + text(e.value()) + "))";
        }
        if (expression instanceof Expr.Request e) {
            return "num(await " + (e.primitive() ? "ask" : "Request") + "(" + text(e.value()) + "))";
        }
        if (expression instanceof Expr.Gate e) {
            return "num(await Gate(" + text(e.value()) + "))";
        }
        if (expression instanceof Expr.YieldFromEach e) {
            return "num((yield from K((h(x, " + e.factor() + ", 1) for x in K(f" + e.function() + "(" + text(e.argument())
                    + ")) if x % " + e.modulus() + " != 0))))";
        }
        if (expression instanceof Expr.YieldFrom e) {
            return "num((yield from K(f" + e.function() + "(" + text(e.argument()) + "))))";
        }
        if (expression instanceof Expr.YieldFromList e) {
            return "num((yield from K(twice(" + text(e.argument()) + "))))";
        }
        Expr.Await e = (Expr.Await) expression;
        return "num(await K(f" + e.function() + "(" + text(e.argument()) + ")))";
    }
}
