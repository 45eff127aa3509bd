package dev.backstitch.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose body yields values: a generator of PEP 255 and 342, or, together with {@link Async}, an
 * asynchronous generator of PEP 525.
 *
 * <p>The method returns {@code Gen}, {@code Iterator}, {@code Iterable} (a fresh run for each {@code iterator()}) or one
 * of the three {@code PrimitiveIterator}s (which never box); with {@link Async}, {@code AsyncGen} or
 * {@code Flow.Publisher}. Calling it runs nothing; the body starts when the first value is pulled.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Generator {}
