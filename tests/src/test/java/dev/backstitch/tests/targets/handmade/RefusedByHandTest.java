package dev.backstitch.tests.targets.handmade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.WeaveResult.Outcome;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.tests.harness.WeavingResults;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Bodies that no Java compiler writes and that cannot be rewritten. */
class RefusedByHandTest {
    private static final String NAME = "handmade/Refused";

    private static WeaveResult refused(int version, DiagnosticCode code, Consumer<Code> body) {
        Map<String, byte[]> original = Code.generator(NAME, version, body);
        WeaveResult result = WeavingResults.of(original).results().get(NAME);
        assertEquals(Outcome.REFUSED, result.outcome());
        assertEquals(code, result.diagnostics().get(0).code());
        assertSame(original.get(NAME), result.classFile());
        return result;
    }

    @Test
    void should_refuse_when_a_monitor_in_no_local_is_held() {
        refused(Opcodes.V1_8, DiagnosticCode.MONITOR_HELD, c -> {
            c.aconst("m");
            c.dup();
            c.monitorenter();
            c.yield("held").pop();
            c.monitorexit();
            c.endNull();
        });
    }

    @Test
    void should_refuse_when_the_inner_of_two_equal_monitors_is_left() {
        refused(Opcodes.V17, DiagnosticCode.MONITOR_HELD, c -> {
            c.aconst("m");
            c.dupTwice();
            c.monitorenter();
            c.monitorenter();
            c.dup();
            c.monitorexit();
            c.yield("still held once").pop();
            c.monitorexit();
            c.endNull();
        });
    }

    @Test
    void should_refuse_when_monitors_are_left_out_of_order() {
        refused(Opcodes.V17, DiagnosticCode.MONITOR_HELD, c -> {
            c.aconst("a");
            c.store(0, Code.OBJECT);
            c.aconst("b");
            c.store(1, Code.OBJECT);
            c.load(0, Code.OBJECT);
            c.monitorenter();
            c.load(1, Code.OBJECT);
            c.monitorenter();
            c.load(0, Code.OBJECT);
            c.monitorexit();
            c.yield("b is held").pop();
            c.load(1, Code.OBJECT);
            c.monitorexit();
            c.endNull();
        });
    }

    @Test
    void should_refuse_when_a_subroutine_calls_itself() {
        WeaveResult result = refused(Opcodes.V1_5, DiagnosticCode.SUBROUTINES, c -> {
            Label sub = new Label();
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.yield("never").end();
            c.mark(sub);
            c.visitVarInsn(Opcodes.ASTORE, 0);
            c.visitJumpInsn(Opcodes.JSR, sub);
            c.visitVarInsn(Opcodes.RET, 0);
        });
        assertEquals("handmade.Refused", result.diagnostics().get(0).location().type());
    }
}
