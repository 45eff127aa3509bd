/**
 * Tests of CPython 3.13's {@code Lib/test/test_asyncio} and its neighbours, ported: each names the file and method it comes
 * from. What is left out has no counterpart here: transports, policies, the C and Python twins of one class, reference
 * counts, types that javac checks. Time is virtual; a test that would wait for ever fails.
 */
package dev.backstitch.tests.asyncio;
