package dev.backstitch.sync;

/**
 * A queue of which each user holds an end, and closes it when done. When all senders are closed, what is in it is still
 * received, and then it has ended; when all receivers are closed, what is in it is dropped, and nobody can send any more. So
 * neither side waits for one that is gone. The memory channels of trio.
 *
 * <pre>{@code
 * var channel = Channel.<String>open(16);
 * group.spawn(produce(channel.sender()));      // each closes its end
 * group.spawn(consume(channel.receiver()));
 * }</pre>
 *
 * @param sender where items go in; {@link Sender#copy} makes another one
 * @param receiver where they come out; {@link Receiver#copy} makes another one
 */
public record Channel<E>(Sender<E> sender, Receiver<E> receiver) {
    /**
     * A new channel, with one sender and one receiver.
     *
     * @param capacity how many items fit in before a sender has to wait; at least 1
     */
    public static <E> Channel<E> open(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be > 0");
        }
        var pipe = new Pipe<E>(new Queue<>(capacity));
        return new Channel<>(new Sender<>(pipe), new Receiver<>(pipe));
    }

    /** What all ends of a channel share. */
    static final class Pipe<E> {
        final Queue<E> queue;
        private int senders;
        private int receivers;

        Pipe(Queue<E> queue) {
            this.queue = queue;
        }

        void senderOpened() {
            senders++;
        }

        /** Refuses other threads than that of the loop. */
        void checkThread() {
            queue.checkThread();
        }

        void senderClosed() {
            if (--senders == 0) {
                queue.shutdown();
            }
        }

        void receiverOpened() {
            receivers++;
        }

        void receiverClosed() {
            if (--receivers == 0) {
                queue.shutdownNow();
            }
        }
    }
}
