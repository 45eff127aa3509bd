/**
 * Containers, compilers and build tools as they are used: each test compiles a program for one of them, and runs it there
 * in a JVM of its own. They are slow, so each of them asks for many things at once.
 */
package dev.backstitch.tests.hosts;
