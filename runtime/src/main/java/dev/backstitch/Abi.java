package dev.backstitch;

/** Which rewriters this runtime goes with. The agent reads it from the class file; nothing else does. */
final class Abi {
    /** Counts up whenever classes rewritten by one version do not run with the runtime of the one before, or after. */
    static final int VERSION = 2;

    private Abi() {}
}
