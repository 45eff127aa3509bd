/**
 * Random programs of generators, of coroutines, or of asynchronous generators, that use one another, which CPython and the
 * rewritten Java twin must run alike. In those of {@code fuzz} there is one object that is driven from outside; here each is:
 * several delegate to or await, pull, send to, throw into and close one another, and are driven from outside at random, too.
 * So a frame leaves chains and comes into others in all ways there are. The operations of asynchronous generators are made,
 * kept, and driven by several.
 *
 * <pre>
 *   seed ─▶ ProgramMaker ─▶ EntangledProgram (text) ─┬─▶ entangled.py (a process, or recorded logs) ─▶ log
 *                                                    └─▶ EntangledRun ───────────────────────────────▶ log
 *   two logs differ ─▶ ProgramReducer: the smallest program that still differs
 * </pre>
 */
package dev.backstitch.tests.entangled;
