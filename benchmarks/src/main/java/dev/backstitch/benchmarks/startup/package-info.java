/** What is started, again and again, to measure what a way in costs. */
package dev.backstitch.benchmarks.startup;
