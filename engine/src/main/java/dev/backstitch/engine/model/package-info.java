/** The data the passes hand on: immutable descriptions without logic, and the names of the runtime. */
package dev.backstitch.engine.model;
