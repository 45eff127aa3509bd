package dev.backstitch.tests.entangled;

/**
 * Something that is done to a generator, a coroutine or an operation of an asynchronous generator, or by one. What is done to
 * an asynchronous generator makes an operation.
 *
 * @param number what it is done to, or what is yielded, returned or raised
 * @param value what is sent or thrown; null for the other verbs, and where null is sent
 */
record Operation(Verb verb, int number, Integer value) {
    enum Verb {
        /** What a coroutine hands to its driver is no less yielded. */
        YIELD,
        /** Hands something to the driver, where to yield is something else: in an asynchronous generator. */
        SUSPEND,
        /** Or awaits. */
        DELEGATE,
        /** An {@code async for} loop over an asynchronous generator, which ends with the first item where there is a value. */
        EACH,
        RETURN,
        /** Returns what it awaits last, in a coroutine: a tail call. */
        RETURN_AWAITED,
        RAISE,
        // The others can be done from outside, too.
        NEXT,
        SEND,
        THROW,
        /** Throws a {@code GeneratorExit}. */
        EXIT,
        CLOSE,
        /** Java's {@code hasNext()}: Python has nothing like it, see {@code LookingAhead} in {@code entangled.py}. */
        LOOK_AHEAD,
        /** Asks for its state and what it delegates to. */
        STATE
    }

    static Operation parse(String[] words, int from) {
        String value = words[from + 2];
        return new Operation(Verb.valueOf(words[from]), Integer.parseInt(words[from + 1]),
                value.equals("None") ? null : Integer.valueOf(value));
    }

    /** As one line, of three words. */
    @Override
    public String toString() {
        return verb + " " + number + " " + (value == null ? "None" : value);
    }
}
