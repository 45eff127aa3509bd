package dev.backstitch.engine.emit;

import dev.backstitch.engine.model.SuspensionPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;

/**
 * Each point with code of its own: the fastest.
 *
 * <pre>
 *   resume k      restore locals; frame.$resumed(); goto rest
 *   suspend k     save locals; frame.$state = k; return signal
 * </pre>
 */
final class SeparatePoints extends PointCode {
    private final Map<SuspensionPoint, LabelNode> resumptions = new LinkedHashMap<>();

    SeparatePoints(PointContext context) {
        super(context);
    }

    @Override
    void plan(List<SuspensionPoint> points) {
        points.forEach(p -> resumptions.put(p, new LabelNode()));
    }

    @Override
    LabelNode resumption(SuspensionPoint point) {
        return resumptions.get(point);
    }

    @Override
    void emit(InsnList code) {
        resumptions.forEach((point, label) -> {
            code.add(label);
            code.add(gates.isGated(point) ? stackMaps.atCase() : stackMaps.atStart());
            gates.clearFlag(code);
            restore(code, layout.saved(point.state()));
            var node = control.resumption(point);
            emitResumed(code, node);
            code.add(Emit.jump(rest(node)));
            endResumed(code, node);
            code.add(suspendLabels.get(point));
            code.add(stackMaps.atSuspension(point, awaits.awaitableLocal(point)));
            emitSuspension(code, point);
        });
    }
}
