package dev.segue.http;

/** Creates threads that do not keep the process alive. */
final class DaemonThread {

    private DaemonThread() {}

    static Thread of(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
