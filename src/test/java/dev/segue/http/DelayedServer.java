package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The server of scripts/bench-overload: Segue, whose slow recommenders take a given time longer. They have as many threads as there are
 * processors, so the time determines the server's capacity.
 *
 * <p>Arguments: the configuration, the delay in µs, and settings as {@code key=value}.
 */
final class DelayedServer {

    private DelayedServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 2) {
            System.err.println("usage: DelayedServer CONFIG DELAY_MICROS [KEY=VALUE]...");
            System.exit(2);
        }
        long delayNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(arguments[1]));
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        InstantSource clock = () -> {
            DelayedThread.delay(delayNanos);
            return Instant.now();
        };
        SegueServer server = SegueServer.start(
                Configuration.load(Path.of(arguments[0]), Map.of(), settings),
                EventLog::open,
                Catalog::load,
                clock,
                new Threads(Runtime.getRuntime().availableProcessors()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.join();
    }

    /** A thread that is delayed when it reads the clock first in a task, which happens within a recommendation. */
    private static final class DelayedThread extends Thread {
        private boolean isDue;

        DelayedThread(Runnable task) {
            super(task, "segue-recommenders");
            setDaemon(true);
        }

        static void delay(long nanos) {
            if (Thread.currentThread() instanceof DelayedThread thread && thread.isDue) {
                thread.isDue = false;
                long end = System.nanoTime() + nanos;
                for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }

    private static final class Threads extends ThreadPoolExecutor {
        Threads(int threads) {
            super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DelayedThread::new);
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            ((DelayedThread) thread).isDue = true;
            super.beforeExecute(thread, task);
        }
    }
}
