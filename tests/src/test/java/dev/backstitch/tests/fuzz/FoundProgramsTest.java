package dev.backstitch.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.tests.fuzz.Program.Form;
import dev.backstitch.tests.fuzz.Program.Kind;
import dev.backstitch.tests.fuzz.Program.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that showed a fault in longer runs, of the engine, the runtime or the rig itself, reduced and written down. */
class FoundProgramsTest {

    /** The rig took what the closed one had last waited for, for what the closing one waits for. Seed 10018297. */
    @Test
    void should_wait_for_what_it_handed_out_when_the_one_it_closed_waits_for_a_future() throws Exception {
        check(new WrittenProgram(
                Kind.COROUTINE, "('next', 0, 'E1'), ('exit', 0, 'E1'), ('send', 66, 'E1')", """
                async def f0(v):
                    try:
                        await K(f1(v)) # 1
                    finally:
                        T(2, num(await Request(v))) # 2
                    return v
                async def f1(v):
                    try:
                        await Request(v) # 3
                    finally:
                        await Gate(v + 5) # 4
                    return v
                """, """
                public static Object root() { return f0(1); }
                @Async static Coroutine<Integer> f0(int v) {
                    try {
                        await(f1(v)); // 1
                    } finally {
                        T(2, num(Coroutine.<Object>await(request(v)))); // 2
                    }
                    return Coroutine.of(v);
                }
                @Async static Coroutine<Integer> f1(int v) {
                    try {
                        await(request(v)); // 3
                    } finally {
                        await(gate(v + 5)); // 4
                    }
                    return Coroutine.of(v);
                }
                """), """
                next yielded 1 SUSPENDED
                exit yielded 1 SUSPENDED
                2=66
                send raised IllegalStateException at f0:1 CLOSED""");
    }

    /** The rig did likewise where the operation itself says that an exit was ignored. Seed 330034051. */
    @Test
    void should_be_sent_a_value_when_it_goes_on_after_its_close_although_the_closed_one_waits_for_a_future() throws Exception {
        check(new WrittenProgram(
                Kind.COROUTINE, "('next', 0, 'E1'), ('close', 0, 'E1'), ('send', 31, 'E1')", """
                async def f0(v):
                    try:
                        await K(f1(v)) # 1
                    except Exception as e:
                        T(2, X(e)) # 2
                    T(3, num(await Request(v + 7))) # 3
                    return v
                async def f1(v):
                    try:
                        await Request(v) # 4
                    finally:
                        await Gate(v) # 5
                    return v
                """, """
                public static Object root() { return f0(1); }
                @Async static Coroutine<Integer> f0(int v) {
                    try {
                        await(f1(v)); // 1
                    } catch (Exception e) {
                        T(2, X(e)); // 2
                    }
                    T(3, num(Coroutine.<Object>await(request(v + 7)))); // 3
                    return Coroutine.of(v);
                }
                @Async static Coroutine<Integer> f1(int v) {
                    try {
                        await(request(v)); // 4
                    } finally {
                        await(gate(v)); // 5
                    }
                    return Coroutine.of(v);
                }
                """), """
                next yielded 1 SUSPENDED
                2=IllegalStateException
                close raised IllegalStateException SUSPENDED
                3=31
                send returned 1 CLOSED""");
    }

    /**
     * A lambda that returns another coroutine and suspends nowhere is an ordinary lambda, and no frame of it is in the trace: the
     * writer of Java makes it wait for what it returns. Seed 10057481.
     */
    @Test
    void should_show_the_lambda_in_the_trace_when_it_returns_what_it_awaits() throws Exception {
        Stmt tail = new Stmt.TailAwait(2, 1, new Expr.Local());
        Stmt request = new Stmt.Assign(3, new Expr.Request(new Expr.Local(), true));
        Program program = new Program(
                0,
                List.of(new Program.Function(0, Kind.COROUTINE, Form.LAMBDA, Type.PLAIN,
                                List.of(new Stmt.If(1, new Expr.Local(), 1, 0, List.of(tail), List.of()))),
                        new Program.Function(1, Kind.COROUTINE, Form.STATIC, Type.PLAIN, List.of(request))),
                List.of(new Operation(Operation.Verb.NEXT, 0, "E1"), new Operation(Operation.Verb.EXIT, 0, "E1")));
        String expected = """
                next yielded 1 SUSPENDED
                exit raised GeneratorExit at f0:2 CLOSED""";
        assertEquals(expected, JavaRuns.of(List.of(program)).rewritten().get(program));
        try (PythonRuns python = PythonRuns.start()) {
            if (python != null) {
                assertEquals(expected, python.run(program), "CPython does otherwise");
            }
        }
    }

    /** What had yielded to its exit was still taken for the innermost frame of the chain that closed it. Seed 310051602. */
    @Test
    void should_refuse_to_be_resumed_from_its_finally_when_what_its_delegate_closed_ignored_that() throws Exception {
        check(new WrittenProgram(
                Kind.GENERATOR, "('next', 0, 'E1'), ('exit', 0, 'E1'), ('next', 0, 'E1')", """
                def f0(v):
                    try:
                        yield from K(f1(v)) # 1
                    finally:
                        T(2, reenter()) # 2
                    return v
                def f1(v):
                    yield from K(f2(v)) # 3
                    return v
                def f2(v):
                    try:
                        yield v # 4
                    finally:
                        yield v + 5 # 5
                    return v
                """, """
                public static Object root() { return f0(1); }
                @Generator static Gen<Integer> f0(int v) {
                    try {
                        Gen.yieldFrom(f1(v)); // 1
                    } finally {
                        T(2, reenter()); // 2
                    }
                    return Gen.end(v);
                }
                @Generator static Iterator<Integer> f1(int v) {
                    Gen.yieldFrom(f2(v)); // 3
                    return Gen.end(v);
                }
                @Generator static Gen<Integer> f2(int v) {
                    try {
                        Gen.yield(v); // 4
                    } finally {
                        Gen.yield(v + 5); // 5
                    }
                    return Gen.end(v);
                }
                """), """
                next yielded 1 SUSPENDED
                2=IllegalStateException
                exit raised IllegalStateException at f0:1,f1:3 CLOSED
                next returned None CLOSED""");
    }

    private static void check(WrittenProgram program, String expected) throws Exception {
        assertEquals(expected, program.rewritten());
        try (PythonRuns python = PythonRuns.start()) {
            if (python != null) {
                assertEquals(expected, program.onPython(python), "CPython does otherwise");
            }
        }
    }
}
