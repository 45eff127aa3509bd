package dev.backstitch.engine.points;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** The exception table of a method, asked by instruction and by handler. */
final class Regions {
    private final InsnList code;
    private final List<TryCatchBlockNode> table;

    Regions(MethodNode method) {
        code = method.instructions;
        table = method.tryCatchBlocks;
    }

    private boolean covers(TryCatchBlockNode region, int index) {
        return code.indexOf(region.start) <= index && index < code.indexOf(region.end);
    }

    /** Whether {@code handler} is one of instruction {@code index}. */
    boolean covers(LabelNode handler, int index) {
        return table.stream().anyMatch(region -> region.handler == handler && covers(region, index));
    }

    /** The first handler that catches whatever instruction {@code index} throws; null if none does. */
    LabelNode firstCatching(int index) {
        for (TryCatchBlockNode region : table) {
            if ((region.type == null || region.type.equals("java/lang/Throwable")) && covers(region, index)) {
                return region.handler;
            }
        }
        return null;
    }

    /** The instructions whose {@link #firstCatching} is {@code handler}. */
    List<Integer> firstCaughtBy(LabelNode handler) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).getOpcode() >= 0 && firstCatching(i) == handler) {
                all.add(i);
            }
        }
        return all;
    }
}
