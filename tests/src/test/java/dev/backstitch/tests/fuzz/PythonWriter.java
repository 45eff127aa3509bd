package dev.backstitch.tests.fuzz;

import dev.backstitch.tests.fuzz.Program.Function;
import dev.backstitch.tests.fuzz.Program.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A program as Python, for {@code fuzz_rig.py} to run. */
final class PythonWriter {
    private final SourceText out = new SourceText();
    private Kind kind;
    /** How many handlers surround the present statement; names their variables. */
    private int handlers;

    static SourceText write(Program program) {
        PythonWriter writer = new PythonWriter();
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

    private void function(Function function) {
        kind = function.kind();
        out.line(0, (kind == Kind.GENERATOR ? "def " : "async def ") + function.name() + "(v):");
        out.indent();
        block(function.body());
        if (kind == Kind.GENERATOR) {
            out.line(0, "if False: yield");
        }
        out.line(0, kind == Kind.ASYNC_GENERATOR ? "if False: yield" : "return v");
        out.outdent();
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
            nested(site, "for i" + site + " in range(" + s.times() + "):", s.body());
            if (!s.otherwise().isEmpty()) {
                nested(0, "else:", s.otherwise());
            }
        } else if (statement instanceof Stmt.Each s) {
            String call = "K(f" + s.function() + "(" + text(s.argument()) + "))";
            out.line(site, (s.kind() == Kind.ASYNC_GENERATOR ? "async " : "") + "for i" + site + " in " + call + ":");
            out.indent();
            out.line(site, "v = num(i" + site + ")");
            block(s.body());
            out.outdent();
        } else if (statement instanceof Stmt.Leave s) {
            out.line(site, s.breaks() ? "break" : "continue");
        } else if (statement instanceof Stmt.Return) {
            out.line(site, kind == Kind.ASYNC_GENERATOR ? "return" : "return v");
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
