/** What ships with the application: generators, coroutines and asynchronous generators, and the frames behind them. */
module dev.backstitch.runtime {
    requires transitive dev.backstitch.annotations;

    exports dev.backstitch;
    exports dev.backstitch.loop;
}
