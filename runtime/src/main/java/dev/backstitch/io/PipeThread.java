package dev.backstitch.io;

/** The threads that block on the pipes of subprocesses. */
final class PipeThread {
    private PipeThread() {}

    static void start(Runnable work, String name) {
        var thread = new Thread(work, "backstitch-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
