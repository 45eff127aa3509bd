/**
 * What a suspended frame keeps: nothing that the method will not use any more.
 *
 * <pre>
 *   seed ─▶ LeakPrograms ─▶ Java ─▶ javac ─┬─▶ Paths: which variables may still be read, by searching paths
 *                                          └─▶ the engine ─▶ run, suspend, collect garbage ─▶ LeakRig: which markers are left
 *
 *   random programs of the package fuzz ─▶ javac ─▶ Noting: code that notes, by Paths, what it may use when it suspends
 *                                            └─▶ the engine ─▶ run ─▶ HeapWalk: what each suspended frame holds is in the Notes
 * </pre>
 */
package dev.backstitch.tests.leaks;
