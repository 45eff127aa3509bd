/** The Maven plugin: the engine's directory weaver and checker as goals. */
package dev.backstitch.maven;
