package dev.backstitch.tests.traces;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a program: a method without parameters that throws, or notes, exceptions whose traces CPython has recorded. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Program {}
