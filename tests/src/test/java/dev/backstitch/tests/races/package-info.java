/**
 * Hot coroutines and event loops where threads meet: completions, cancellations, submissions and the end of a loop, each
 * raced many times. Nothing is lost, and nothing runs twice.
 */
package dev.backstitch.tests.races;
