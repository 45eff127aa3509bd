package dev.backstitch.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of one method, for people to read.
 *
 * @param name the method's name
 * @param descriptor its descriptor
 * @param kind what it is
 * @param frame the internal name of its frame class
 * @param states in the order of their numbers; 0 is the start
 * @param slots the fields of the frame: descriptors by name, in order
 * @param successors by state: at which states the method may suspend next; {@link #END} if it may end
 * @param codeBefore bytes of code the compiler wrote
 * @param codeAfter bytes of code of the body
 * @param frameClassSize bytes of the frame's class file
 */
public record StateMachine(
        String name,
        String descriptor,
        MethodKind kind,
        String frame,
        List<State> states,
        Map<String, String> slots,
        Map<Integer, Set<Integer>> successors,
        int codeBefore,
        int codeAfter,
        int frameClassSize) {

    /** The end of the method, as a successor. */
    public static final int END = -1;

    /**
     * One state.
     *
     * @param number 0: the start
     * @param line where it waits, from 1; 0 if unknown
     * @param call the call that suspends, such as {@code Coroutine.await}; null for the start
     * @param live what is kept in the meantime
     */
    public record State(int number, int line, String call, List<Live> live) {}

    /**
     * A value that outlives a suspension.
     *
     * @param name of the local variable; null for a value the compiler had on the operand stack or did not name
     * @param descriptor its type
     * @param slot the frame's field it is in; null for one that is known to be null
     */
    public record Live(String name, String descriptor, String slot) {}

    /** How many bytes the frame's own fields take, with references of four bytes. */
    public int slotBytes() {
        int bytes = 0;
        for (String slot : slots.values()) {
            bytes += slot.equals("J") || slot.equals("D") ? 8 : 4;
        }
        return bytes;
    }
}
