/** The demonstration: this project's own javadoc, served by this process and crawled by the example crawler. */
package dev.backstitch.examples.demo;
