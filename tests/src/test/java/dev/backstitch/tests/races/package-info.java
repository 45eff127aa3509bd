/**
 * Coroutines, hot ones above all, and event loops where threads meet: completions, cancellations, submissions, calls of what
 * runs, and the end of a loop, each raced many times. Nothing is lost, and nothing runs twice.
 */
package dev.backstitch.tests.races;
