package dev.segue.http;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Collects tasks for a test to run. */
final class HeldTasks extends AbstractExecutorService {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile boolean shutDown;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Takes the next task, and waits for it up to a minute. */
    Runnable take() throws InterruptedException {
        return Objects.requireNonNull(tasks.poll(1, TimeUnit.MINUTES), "no task came");
    }

    /** The number of tasks that were not taken. */
    int size() {
        return tasks.size();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
