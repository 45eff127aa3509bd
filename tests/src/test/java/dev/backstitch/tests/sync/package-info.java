/**
 * {@code dev.backstitch.sync}: the tests of CPython's test_locks.py and test_queues.py that translate, each named where it
 * was ported, on virtual time; and what CPython does not test: every point of cancellation, and other orders.
 */
package dev.backstitch.tests.sync;
