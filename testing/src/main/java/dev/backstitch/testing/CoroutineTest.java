package dev.backstitch.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that returns a {@link dev.backstitch.Coroutine} as a test of a class that implements
 * {@link CoroutineTests}. It is run on a loop with virtual time, first in, first out, and then in as many other orders as are asked for,
 * each time on a new instance of the class and with {@code @BeforeEach} and {@code @AfterEach} methods around it.
 *
 * <p>It, and those methods, may have parameters of the types {@link TestLoop}, {@link dev.backstitch.loop.EventLoop},
 * {@link VirtualClock} and {@link Order}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CoroutineTest {
    /** In how many orders of {@link Order#shuffled} to run it too. */
    int shuffled() default 0;

    /** In how many orders of {@link Order#pct} to run it too. */
    int pct() default 0;

    /** The depth of {@link Order#pct}. */
    int depth() default 3;

    /** The first seed; the others follow it. */
    long seed() default 1;
}
