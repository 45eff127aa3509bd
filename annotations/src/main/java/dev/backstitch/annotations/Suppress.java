package dev.backstitch.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Silences warnings of the rewriter, by their codes, in a method with its lambdas, or in all methods of a class:
 * {@code @Suppress("BST-504")}. Refusals cannot be silenced. {@link SuppressWarnings} cannot do it, for no class file
 * tells of it. It does not reach into nested classes, which are class files of their own.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Suppress {
    /** The codes, such as {@code BST-504}. */
    String[] value();
}
