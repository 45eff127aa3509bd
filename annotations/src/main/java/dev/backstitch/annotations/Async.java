package dev.backstitch.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that may wait: an {@code async def} of PEP 492, or, together with {@link Generator}, an asynchronous
 * generator of PEP 525.
 *
 * <p>The return type decides what the method becomes: {@code Coroutine} is cold (it runs when awaited or spawned);
 * {@code Task}, {@code CompletableFuture} and {@code CompletionStage} are hot (they run at once, in the caller, to the
 * first real suspension); with {@link Generator}, {@code AsyncGen} and {@code Flow.Publisher} are pulled.
 *
 * <p>The annotation is kept in the class file, not at run time: only the rewriter reads it. A lambda body needs none.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Async {}
