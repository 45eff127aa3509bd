/** What code written for other libraries becomes when it is rewritten. Called by rewritten classes only. */
package dev.backstitch.compat;
