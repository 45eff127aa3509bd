package dev.backstitch.engine.model;

import org.objectweb.asm.tree.MethodInsnNode;

/**
 * One suspension point of a method.
 *
 * @param call the call that suspends
 * @param kind what it does
 * @param state the state that resumes behind it, from 1, in code order
 * @param line its source line; 0 if unknown
 * @param awaited the call that made the coroutine it awaits, which nobody else gets; null if that is not known
 */
public record SuspensionPoint(MethodInsnNode call, PointKind kind, int state, int line, AwaitedCall awaited) {}
