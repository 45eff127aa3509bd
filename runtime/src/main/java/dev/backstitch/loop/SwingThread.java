package dev.backstitch.loop;

import java.awt.EventQueue;

/** The event dispatch thread. */
final class SwingThread implements Scheduler {
    static final SwingThread INSTANCE = new SwingThread();

    private SwingThread() {}

    @Override
    public void execute(Runnable work) {
        EventQueue.invokeLater(work);
    }

    @Override
    public boolean isCurrent() {
        return EventQueue.isDispatchThread();
    }

    @Override
    public boolean isThread() {
        return true;
    }

    @Override
    public boolean nests() {
        return true;
    }

    @Override
    public String toString() {
        return "Scheduler.swing()";
    }
}
