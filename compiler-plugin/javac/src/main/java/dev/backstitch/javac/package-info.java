/** The javac plugin: rewrites each class as javac writes it, through javac's public interfaces only. */
package dev.backstitch.javac;
