package dev.backstitch.tests.storms;

import java.util.ArrayList;
import java.util.List;

/**
 * Other people's code, and how it is run.
 *
 * @param name for people
 * @param storm which classes are rewritten, patterns of the agent
 * @param main what is run, and its arguments; {@link #OUT} stands for a directory for what it makes
 * @param needs what has to be done before, on the same directory; null: nothing
 */
record Suite(String name, List<String> storm, List<String> main, Preparation needs) {
    static final String OUT = "@OUT@";

    /** A step before a suite. */
    interface Preparation {
        /** Entries of the class path that stand before all others. */
        List<java.nio.file.Path> run(java.nio.file.Path directory) throws Exception;
    }

    /** The tests in the published test jar of a library, by the names of their classes; its version is behind its name. */
    static Suite tests(String name, String testJar, String storm, String include, String... exclude) {
        List<String> main = new ArrayList<>(List.of(
                SuiteMain.class.getName(), ClassPath.jar(testJar).toString(), OUT + "/results.txt", include));
        main.addAll(List.of(exclude));
        return new Suite(name + ClassPath.versionOf(testJar), List.of(storm), main, null);
    }

    /** A program whose output is what it writes below {@link #OUT}. */
    static Suite program(String name, List<String> storm, String... main) {
        List<String> all = new ArrayList<>(List.of(ProgramMain.class.getName(), OUT + "/counts.txt"));
        all.addAll(List.of(main));
        return new Suite(name, storm, all, null);
    }

    /** With something behind its name. */
    Suite named(String more) {
        return new Suite(name + more, storm, main, needs);
    }

    /** After a step that makes another suite of it, with something behind its name. */
    Suite after(String more, Preparation preparation) {
        return new Suite(name + more, storm, main, preparation);
    }
}
