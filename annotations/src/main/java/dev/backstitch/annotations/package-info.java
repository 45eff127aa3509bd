/** The marks of Backstitch: which methods are rewritten, which calls suspend. Nothing else, and no dependencies. */
package dev.backstitch.annotations;
