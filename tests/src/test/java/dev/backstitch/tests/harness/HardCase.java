package dev.backstitch.tests.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method without parameters of a target as one to be run by {@link TargetRun}, and says which numbered
 * cases of the hard-case list it covers ({@code docs} of the project; 0 for one that is not on the list).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HardCase {
    int[] value();

    /** Whether each run needs classes that are not initialised yet. */
    boolean fresh() default false;

    /**
     * The method that the reference runs in its place, a static one without parameters that says the same in other words;
     * empty for the method itself.
     */
    String twin() default "";

    /** Whether the reference can run it too; where it cannot, there must be a {@code logs} assertion. */
    boolean reference() default true;
}
