package dev.backstitch.tests.targets.classfile;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import java.util.ArrayList;

/** Classes with a superclass, with interfaces, that can and that cannot be serialized. Never run. */
final class SerialTarget {
    private SerialTarget() {}

    @SuppressWarnings("serial")
    static class Inheriting extends ArrayList<String> {
        @Generator
        Gen<String> backwards() {
            for (int i = size() - 1; i >= 0; i--) {
                Gen.yield(get(i));
            }
            return Gen.end();
        }
    }

    public static class Base {}

    static class Never extends Base implements Iterable<Integer> {
        private int own;

        @Override
        @Generator
        public Gen<Integer> iterator() {
            Gen.yield(own++);
            return Gen.end();
        }
    }

    static class OfThePlatform extends ClassLoader implements Runnable, Comparable<OfThePlatform> {
        @Generator
        static Gen<Integer> one() {
            Gen.yield(1);
            return Gen.end();
        }

        @Override
        public void run() {}

        @Override
        public int compareTo(OfThePlatform other) {
            return 0;
        }
    }
}
