/** For tests of coroutines: virtual time, orders of execution by seed, deadlocks as failures, a JUnit Jupiter extension. */
module dev.backstitch.testing {
    requires transitive dev.backstitch.runtime;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;

    exports dev.backstitch.testing;
}
