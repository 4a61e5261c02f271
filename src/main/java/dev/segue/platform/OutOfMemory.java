package dev.segue.platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory is used up: with {@link #EXIT_CODE} and one line on standard error that names the remedy.
 *
 * <p>After an {@link OutOfMemoryError} nobody knows which thread stopped in the middle of what, so the process must not go
 * on: a supervisor can restart a process that has ended, but not one that is up and does nothing. Libraries catch
 * {@link Throwable} in many places, therefore the error is looked for in four: in uncaught exceptions, where Segue's own
 * code and its hooks in libraries catch one ({@link #check}), in what is logged ({@link OutOfMemoryFilter}), and by a thread
 * that allocates a little twice a second and so finds a heap that stays full even if nobody else reports it.
 *
 * <p>Ending needs no allocation: messages are made, classes initialised and string constants resolved beforehand. Where one
 * is needed after all, there is a reserve to give away. Until {@link #endsProcess} has been called nothing is ended, so that tests and programs
 * that embed Segue keep their process.
 */
public final class OutOfMemory {

    /** The same that {@code -XX:+ExitOnOutOfMemoryError} uses. */
    public static final int EXIT_CODE = 3;

    private static final int MOST_CAUSES = 20;
    private static final long PROBE_MILLIS = 500;
    private static final int PROBE_BYTES = 1 << 16;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000;

    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);
    private static final byte[] HEAP = message(
            "the heap of " + Heap.megabytes() + " MB is used up",
            "give the process more, as in: java -Xmx" + 2 * Heap.megabytes() + "m -jar segue.jar ...");
    private static final byte[] CLASSES = message(
            "the memory for classes is used up", "raise or remove the limit -XX:MaxMetaspaceSize of this process");
    private static final byte[] BUFFERS = message(
            "the memory for network and file buffers is used up",
            "raise it, as in: java -XX:MaxDirectMemorySize=" + 2 * Heap.megabytes() + "m -jar segue.jar ...");
    private static final byte[] THREADS = message(
            "the system lets this process start no further thread",
            "raise the limit of threads (ulimit -u, or pids of the container) or its memory");

    private static final Runtime RUNTIME = Runtime.getRuntime();
    private static final int RESERVE_BYTES = 1 << 18;

    private static volatile boolean armed;
    private static volatile boolean ending;
    private static volatile boolean printed;
    private static boolean reported; // guarded by the class

    @SuppressWarnings("unused")
    private static volatile byte @Nullable [] reserve;

    /** Keeps the compiler from leaving the probe out. */
    @SuppressWarnings("unused")
    private static volatile byte @Nullable [] probe;

    private OutOfMemory() {}

    private static byte[] message(String what, String remedy) {
        return ("segue: out of memory, the process ends with exit code " + EXIT_CODE + ": " + what + "; " + remedy
                        + System.lineSeparator())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** From now on an {@link OutOfMemoryError} ends the process. */
    public static void endsProcess() {
        rehearse();
        armed = true;
        Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            check(failure);
            if (others != null) {
                others.uncaughtException(thread, failure);
            } else {
                failure.printStackTrace();
            }
        });
        var watch = new Thread(OutOfMemory::watch, "segue-memory");
        watch.setDaemon(true);
        watch.start();
    }

    /** Goes through what {@link #end} does, since the JVM allocates objects for what is done the first time. */
    private static void rehearse() {
        reserve = new byte[RESERVE_BYTES];
        messageFor(new OutOfMemoryError("Java heap space"));
        print(new byte[0]);
        LockSupport.parkNanos(PAUSE_NANOS);
        isFirst();
        reported = false;
        var hook = new Thread(() -> {});
        RUNTIME.addShutdownHook(hook); // initialises what halts
        RUNTIME.removeShutdownHook(hook);
    }

    /** Ends the process if a failure is, or was caused by, an {@link OutOfMemoryError}; does nothing otherwise. */
    public static void check(@Nullable Throwable failure) {
        if (armed) {
            OutOfMemoryError error = in(failure);
            if (error != null) {
                end(error);
            }
        }
    }

    /**
     * Whether a failure is, or was caused by, an {@link OutOfMemoryError}. If so the message is printed, and the caller
     * ends the process in an orderly way.
     */
    public static boolean tell(Throwable failure) {
        OutOfMemoryError error = in(failure);
        if (error != null) {
            tellOnce(error);
        }
        return error != null;
    }

    private static @Nullable OutOfMemoryError in(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                return error;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static void end(OutOfMemoryError error) {
        reserve = null;
        ending = true;
        try {
            tellOnce(error);
        } finally {
            RUNTIME.halt(EXIT_CODE);
        }
    }

    /** The first thread prints the message; another one gives it the time to do so. */
    private static void tellOnce(OutOfMemoryError error) {
        if (isFirst()) {
            print(messageFor(error));
            printed = true;
        } else {
            awaitMessage();
        }
    }

    /** An {@link java.util.concurrent.atomic.AtomicBoolean} would allocate when it is used for the first time. */
    private static synchronized boolean isFirst() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Has a time limit, because a full pipe may have no reader. */
    private static void awaitMessage() {
        long since = System.nanoTime();
        while (!printed && System.nanoTime() - since < PATIENCE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static byte[] messageFor(OutOfMemoryError error) {
        String reason = error.getMessage();
        if (reason == null) {
            return HEAP;
        }
        return reason.contains("etaspace") || reason.contains("class space")
                ? CLASSES
                : reason.contains("irect buffer") ? BUFFERS : reason.contains("native thread") ? THREADS : HEAP;
    }

    private static void print(byte[] message) {
        try {
            STANDARD_ERROR.write(message);
        } catch (IOException closed) {
            return; // the exit code remains
        }
    }

    /** Also ends the process where the message cannot be written because a full pipe has no reader. */
    private static void watch() {
        try {
            while (!ending) {
                Thread.sleep(PROBE_MILLIS);
                probe = new byte[PROBE_BYTES];
                probe = null;
            }
            awaitMessage();
            RUNTIME.halt(EXIT_CODE);
        } catch (OutOfMemoryError error) {
            end(error);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}
