/** What ships with the application: generators, coroutines and asynchronous generators, and the frames behind them. */
module dev.backstitch.runtime {
    requires transitive dev.backstitch.annotations;
    requires static java.desktop; // Scheduler.swing()

    uses dev.backstitch.loop.ThreadContext;

    exports dev.backstitch;
    exports dev.backstitch.compat;
    exports dev.backstitch.io;
    exports dev.backstitch.loop;
    exports dev.backstitch.sync;
}
