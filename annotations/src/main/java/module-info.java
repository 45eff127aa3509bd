/** The marks of Backstitch: which methods are rewritten, which calls suspend. */
module dev.backstitch.annotations {
    exports dev.backstitch.annotations;
}
