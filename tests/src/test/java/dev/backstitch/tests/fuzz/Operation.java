package dev.backstitch.tests.fuzz;

/**
 * One step of the driver. Public, as what classes of other loaders use is.
 *
 * @param verb what is done
 * @param value what SEND sends
 * @param exception the class that THROW throws
 */
public record Operation(Verb verb, int value, String exception) {

    /** What a driver does to an object. */
    public enum Verb {
        NEXT,
        SEND,
        THROW,
        EXIT,
        CLOSE,
        /** For the object of an asynchronous generator: its operations, each driven by the verbs above. */
        OPEN_NEXT,
        OPEN_SEND,
        OPEN_THROW,
        OPEN_CLOSE
    }
}
