/**
 * Random programs that CPython, the rewritten Java twin, and the same Java body on threads must all run alike
 * (SEMANTICS section 3).
 *
 * <pre>
 *   seed ─▶ ProgramGenerator ─▶ Program ─┬─▶ PythonWriter ─▶ Python (a process, or recorded traces) ─▶ trace
 *                                        └─▶ JavaWriter ─▶ JavaRuns: compile, rewrite, drive ─────────▶ trace
 *                                                                    or compile, thread twin, drive ──▶ trace
 *   two traces differ ─▶ Reducer: the smallest program that still differs
 * </pre>
 */
package dev.backstitch.tests.fuzz;
