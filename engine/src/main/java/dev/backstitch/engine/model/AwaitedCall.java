package dev.backstitch.engine.model;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call whose result goes to an {@code await} and nowhere else.
 *
 * @param call the call
 * @param onSelf whether it is static or its receiver is {@code this}
 */
public record AwaitedCall(MethodInsnNode call, boolean onSelf) {}
