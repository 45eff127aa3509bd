package dev.backstitch.tests.storms;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;

/**
 * Has the JVM link classes of its own, whose names are the lines of a file, and initialises none of them; a line for each
 * that cannot be linked. It uses as little of the JDK as it can, no lambda and no concatenation: what it runs cannot be
 * among what {@link PatchedJdk} rewrites.
 */
public final class LinkMain {
    private LinkMain() {}

    /** {@code LinkMain NAMES}. */
    public static void main(String[] args) throws IOException {
        try (BufferedReader names = new BufferedReader(new FileReader(args[0]))) {
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                try {
                    link(Class.forName(name, false, null));
                } catch (Throwable t) {
                    System.out.print(LinkRun.FAILED);
                    System.out.print(name);
                    System.out.print('\t');
                    System.out.println(t);
                }
            }
        }
    }

    /** Links a class, and initialises nothing. There is no call for that, but the JVM does it when it is asked what is there. */
    static void link(Class<?> type) {
        if (type.isInterface()) {
            type.getDeclaredFields(); // the JVM is not asked for constructors of an interface
        } else {
            type.getDeclaredConstructors(); // may have less to load than the fields
        }
    }
}
