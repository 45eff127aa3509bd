package dev.backstitch.tests.sync;

import dev.backstitch.sync.Queue;

class QueueEndTest extends QueueEndTests {
    @Override
    Queue<Integer> queue(int maxSize) {
        return new Queue<>(maxSize);
    }
}
