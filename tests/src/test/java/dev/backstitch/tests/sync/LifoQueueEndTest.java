package dev.backstitch.tests.sync;

import dev.backstitch.sync.LifoQueue;
import dev.backstitch.sync.Queue;

class LifoQueueEndTest extends QueueEndTests {
    @Override
    Queue<Integer> queue(int maxSize) {
        return new LifoQueue<>(maxSize);
    }
}
