/**
 * The runtime's language types once more, without rewriting: every body runs on a thread of its own and hands over at
 * its suspensions. Nothing here is shared with the runtime, so that the two check one another.
 */
package dev.backstitch.tests.harness.reference;
