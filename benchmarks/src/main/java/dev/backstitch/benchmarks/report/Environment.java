package dev.backstitch.benchmarks.report;

/** What a result was measured on: shown above it. */
public record Environment(String cpu, String jdk, String flags, String date) {}
