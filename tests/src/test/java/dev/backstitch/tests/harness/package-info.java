/**
 * Runs targets. A target is plain code whose static methods marked {@link dev.backstitch.tests.harness.HardCase} suspend
 * in some place that is hard to rewrite, and log what they do with {@link dev.backstitch.tests.harness.Probe}.
 *
 * <pre>
 *   target's source ──Variant (javac 8…25, ECJ, -g:none …)──▶ class files
 *       class files ──WeavingLoader (the engine)───────────▶ rewritten ──┐ Drivers, by Script
 *       class files ──ReferenceLoader (blocking twins)─────▶ reference ──┴─▶ two event logs, which must be equal
 * </pre>
 *
 * {@link dev.backstitch.tests.harness.TargetRun} does that for one target; {@link
 * dev.backstitch.tests.harness.TargetSource} reads the assertions in trailing comments of its source.
 */
package dev.backstitch.tests.harness;
