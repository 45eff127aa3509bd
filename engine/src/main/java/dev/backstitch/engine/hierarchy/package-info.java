/** What extends what, read from class files as resources; no class is ever loaded to find out. */
package dev.backstitch.engine.hierarchy;
