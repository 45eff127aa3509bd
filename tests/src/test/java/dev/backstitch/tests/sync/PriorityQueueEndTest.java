package dev.backstitch.tests.sync;

import dev.backstitch.sync.PriorityQueue;
import dev.backstitch.sync.Queue;

class PriorityQueueEndTest extends QueueEndTests {
    @Override
    Queue<Integer> queue(int maxSize) {
        return new PriorityQueue<>(maxSize);
    }
}
