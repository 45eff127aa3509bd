/** Programs that are compiled and run in JVMs of their own. */
package dev.backstitch.tests.jvm;
