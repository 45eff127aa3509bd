package dev.backstitch.io;

/** Where a stream's bytes come from or go to. Belongs to the loop. */
abstract class Transport {
    /** Stops feeding the reader, soon. */
    void pauseReading() {
        throw new UnsupportedOperationException();
    }

    void resumeReading() {
        throw new UnsupportedOperationException();
    }

    /** Sends {@code data}, which is not changed any more, some time; drops it once the connection is lost. */
    void write(byte[] data) {
        throw new UnsupportedOperationException();
    }

    /** Has the other side see the end once everything is sent. */
    void writeEof() {
        throw new UnsupportedOperationException();
    }

    /** Ends it once everything is sent; reads no more. */
    abstract void close();

    /** Ends it at once. */
    abstract void abort();

    abstract boolean isClosing();
}
