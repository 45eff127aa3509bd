/**
 * The engine and class files nobody meant well: damaged by seed, or made to be hard on it.
 *
 * <pre>
 *   targets' class files ─▶ Damage (by seed) ─────────────┐
 *   HostileTables, -Attributes, -Calls, -Flow and -Names ─┴─▶ Judge: the JVM's verdict on the original, the engine's, the JVM's on what was woven
 *   RandomFlow (by seed) ─▶ Judge, and FlowComparison: run rewritten and un-rewritten on threads, the logs compared
 * </pre>
 */
package dev.backstitch.tests.robustness;
