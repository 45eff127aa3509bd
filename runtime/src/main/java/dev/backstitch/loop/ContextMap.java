package dev.backstitch.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * What the variables of a context are set to. Never changes: {@link #with} shares all but one path with the old map, so
 * that a copy of a context costs nothing.
 *
 * <p>A crit-bit tree over the variables' numbers (Morrison, PATRICIA, 1968): an inner node names the highest bit in which
 * the numbers below it differ.
 */
final class ContextMap {
    /** What {@link #get} gives for a variable that has no value here; null is a value. */
    static final Object MISSING = new Object();

    static final ContextMap EMPTY = new ContextMap(null, 0);

    private static final class Node {
        /** For an inner node, the bit that decides; 0 for a leaf. */
        final long bit;
        final Node zero;
        final Node one;
        final ContextVar<?> variable;
        final Object value;

        Node(ContextVar<?> variable, Object value) {
            this.bit = 0;
            this.zero = null;
            this.one = null;
            this.variable = variable;
            this.value = value;
        }

        Node(long bit, Node zero, Node one) {
            this.bit = bit;
            this.zero = zero;
            this.one = one;
            this.variable = null;
            this.value = null;
        }

        Node leafFor(long number) {
            Node node = this;
            while (node.bit != 0) {
                node = (number & node.bit) == 0 ? node.zero : node.one;
            }
            return node;
        }
    }

    private final Node root;
    final int size;

    private ContextMap(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /** The value of {@code variable}, or {@link #MISSING}. */
    Object get(ContextVar<?> variable) {
        if (root == null) {
            return MISSING;
        }
        Node leaf = root.leafFor(variable.number);
        return leaf.variable == variable ? leaf.value : MISSING;
    }

    /** A map in which {@code variable} is {@code value}. */
    ContextMap with(ContextVar<?> variable, Object value) {
        var leaf = new Node(variable, value);
        if (root == null) {
            return new ContextMap(leaf, 1);
        }
        long bit = Long.highestOneBit(root.leafFor(variable.number).variable.number ^ variable.number);
        return new ContextMap(insert(root, leaf, bit), bit == 0 ? size : size + 1);
    }

    /** {@code node} with {@code leaf}, whose number differs first in {@code bit}, or not at all (0). */
    private static Node insert(Node node, Node leaf, long bit) {
        long number = leaf.variable.number;
        if (Long.compareUnsigned(node.bit, bit) > 0) {
            return (number & node.bit) == 0
                    ? new Node(node.bit, insert(node.zero, leaf, bit), node.one)
                    : new Node(node.bit, node.zero, insert(node.one, leaf, bit));
        }
        if (bit == 0) {
            return leaf;
        }
        return (number & bit) == 0 ? new Node(bit, leaf, node) : new Node(bit, node, leaf);
    }

    /** A map in which {@code variable} has no value. */
    ContextMap without(ContextVar<?> variable) {
        return get(variable) == MISSING ? this : new ContextMap(remove(root, variable.number), size - 1);
    }

    private static Node remove(Node node, long number) {
        if (node.bit == 0) {
            return null;
        }
        if ((number & node.bit) == 0) {
            Node zero = remove(node.zero, number);
            return zero == null ? node.one : new Node(node.bit, zero, node.one);
        }
        Node one = remove(node.one, number);
        return one == null ? node.zero : new Node(node.bit, node.zero, one);
    }

    /** The variables that have a value, in the order of their creation. */
    List<ContextVar<?>> variables() {
        List<ContextVar<?>> variables = new ArrayList<>(size);
        if (root != null) {
            collect(root, variables);
        }
        return variables;
    }

    private static void collect(Node node, List<ContextVar<?>> to) {
        if (node.bit == 0) {
            to.add(node.variable);
        } else {
            collect(node.zero, to);
            collect(node.one, to);
        }
    }
}
