/**
 * What a suspended frame keeps: nothing that the method will not use any more.
 *
 * <pre>
 *   seed ─▶ LeakPrograms ─▶ Java ─▶ javac ─┬─▶ Paths: which variables may still be read, by searching paths
 *                                          └─▶ the engine ─▶ run, suspend, collect garbage ─▶ LeakRig: which markers are left
 * </pre>
 */
package dev.backstitch.tests.leaks;
