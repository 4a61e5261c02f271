package dev.segue.platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory is exhausted: with {@link #EXIT_CODE}, one line on standard error that names a
 * remedy, and in a server the {@link HeapHistogram} after it.
 *
 * <p>After an {@link OutOfMemoryError} the state of the program is undefined, since any thread may have stopped at any
 * point. So the process must end: a supervisor can restart a process that has ended, but not one that hangs. Libraries
 * catch {@link Throwable} in many places, so the error is detected in four ways: in uncaught exceptions, where Segue's
 * own code and its hooks in libraries catch it ({@link #check}), in logged exceptions ({@link OutOfMemoryFilter}), and
 * by a thread that allocates small arrays twice a second and so detects a heap that stays full.
 *
 * <p>Ending needs no allocation: messages are created, classes initialised and string constants resolved in advance,
 * and a reserve is released for unforeseen allocations. The histogram does allocate, from a reserve of its own. The threads
 * that read requests wait meanwhile ({@link #awaitEnd}), so that they do not take it. Without memory for it, the process ends
 * without it. The process is ended only after a call of {@link #enable}, so that tests and programs that embed Segue keep
 * their process.
 */
public final class OutOfMemory {

    /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int EXIT_CODE = 3;

    private static final int MAX_CAUSES = 20;
    private static final long PROBE_MILLIS = 500;
    private static final int PROBE_BYTES = 1 << 16;
    private static final long MESSAGE_TIMEOUT_NANOS = 30_000_000_000L;

    private static final long PAUSE_NANOS = 1_000_000;
    private static final long RELEASE_NANOS = 1_000_000_000;

    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);
    private static final byte[] HEAP = message(
            "the heap of " + Heap.megabytes() + " MB is exhausted",
            "give the process more, as in: java -Xmx" + 2 * Heap.megabytes() + "m -jar segue.jar ...");
    private static final byte[] CLASSES = message(
            "the memory for classes is exhausted", "raise or remove the limit -XX:MaxMetaspaceSize of this process");
    private static final byte[] BUFFERS = message(
            "the memory for network and file buffers is exhausted",
            "raise it, as in: java -XX:MaxDirectMemorySize=" + 2 * Heap.megabytes() + "m -jar segue.jar ...");
    private static final byte[] THREADS = message(
            "the system does not let this process start another thread",
            "raise the limit of threads (ulimit -u, or pids of the container) or its memory");

    private static final Runtime RUNTIME = Runtime.getRuntime();
    private static final int RESERVE_BYTES = 1 << 18;

    /** The memory that {@link HeapHistogram} allocates, or that a small heap affords, in parts that fit into a fragmented heap. */
    private static final int HISTOGRAM_PARTS = (int) (Math.min(4 << 20, Heap.bytes() / 8) / PROBE_BYTES);

    private static final byte[] NOTHING = {};
    private static final byte[][] HISTOGRAM_RESERVE = new byte[HISTOGRAM_PARTS][];

    private static volatile boolean enabled;
    private static volatile boolean ending;
    private static volatile boolean printed;
    private static volatile boolean withHistogram;
    private static boolean reported; // guarded by the class

    @SuppressWarnings("unused")
    private static volatile byte @Nullable [] reserve;

    /** Two regions of G1 or a sixteenth of a smaller heap, in parts that fit into a fragmented heap. */
    private static final byte[][] PROBES = new byte[(int) (Math.min(2 << 20, Heap.bytes() / 16) / PROBE_BYTES)][];

    private OutOfMemory() {}

    private static byte[] message(String what, String remedy) {
        return ("segue: out of memory, the process ends with exit code " + EXIT_CODE + ": " + what + "; " + remedy
                        + System.lineSeparator())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Makes an {@link OutOfMemoryError} end the process from now on. */
    public static void enable() {
        warmUp();
        enabled = true;
        Thread.UncaughtExceptionHandler previous = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            check(failure);
            if (previous != null) {
                previous.uncaughtException(thread, failure);
            } else {
                failure.printStackTrace();
            }
        });
        var watch = new Thread(OutOfMemory::watch, "segue-memory");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Adds the {@link HeapHistogram} to the message from now on, for processes that run for days: a full heap of theirs can have causes
     * other than too low a limit.
     */
    public static void addHistogram() {
        for (int i = 0; i < HISTOGRAM_PARTS; i++) {
            HISTOGRAM_RESERVE[i] = new byte[PROBE_BYTES];
        }
        withHistogram = true;
    }

    /** Executes the steps of {@link #end} in advance, since the JVM allocates objects on first use. */
    private static void warmUp() {
        reserve = new byte[RESERVE_BYTES];
        Arrays.fill(PROBES, NOTHING);
        var unused = looksFull();
        messageFor(new OutOfMemoryError("Java heap space"));
        print(new byte[0]);
        LockSupport.parkNanos(PAUSE_NANOS);
        isFirst();
        reported = false;
        var hook = new Thread(() -> {});
        RUNTIME.addShutdownHook(hook); // initialises the classes of the shutdown
        RUNTIME.removeShutdownHook(hook);
    }

    /** Ends the process if a failure is, or was caused by, an {@link OutOfMemoryError}; does nothing otherwise. */
    public static void check(@Nullable Throwable failure) {
        if (enabled) {
            OutOfMemoryError error = findError(failure);
            if (error != null) {
                end(error);
            }
        }
    }

    /** Blocks while the process ends; to be called by threads that would otherwise begin new work. */
    public static void awaitEnd() {
        if (ending) {
            awaitMessage();
        }
    }

    /**
     * Prints the message if a failure is, or was caused by, an {@link OutOfMemoryError}; returns whether it is. If so,
     * the caller must end the process.
     */
    public static boolean printIfOutOfMemory(Throwable failure) {
        OutOfMemoryError error = findError(failure);
        if (error != null) {
            printOnce(error);
        }
        return error != null;
    }

    private static @Nullable OutOfMemoryError findError(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
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
            printOnce(error);
        } finally {
            RUNTIME.halt(EXIT_CODE);
        }
    }

    /** Prints the message on the first thread that calls this method; other threads wait until it is printed. */
    private static void printOnce(OutOfMemoryError error) {
        if (isFirst()) {
            print(messageFor(error));
            if (withHistogram) {
                printHistogram();
            }
            printed = true;
        } else {
            awaitMessage();
        }
    }

    /**
     * Returns true on the first call. An {@link java.util.concurrent.atomic.AtomicBoolean} would allocate on first use.
     */
    private static synchronized boolean isFirst() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Waits until the message is printed, with a time limit, because a full pipe may have no reader. */
    private static void awaitMessage() {
        long start = System.nanoTime();
        while (!printed && System.nanoTime() - start < MESSAGE_TIMEOUT_NANOS) {
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

    /** Releases the reserve late, since threads that allocate would take it: they run out of memory soon, and wait then. */
    private static void printHistogram() {
        LockSupport.parkNanos(RELEASE_NANOS);
        for (int i = 0; i < HISTOGRAM_PARTS; i++) {
            HISTOGRAM_RESERVE[i] = NOTHING;
        }
        try {
            HeapHistogram.print(STANDARD_ERROR);
        } catch (Throwable unavailable) {
            return; // anything can fail now, and the process ends in any case
        }
    }

    private static void print(byte[] message) {
        try {
            STANDARD_ERROR.write(message);
        } catch (IOException closed) {
            return; // the exit code remains
        }
    }

    /**
     * Allocates regularly to detect a full heap: a little, and two regions of G1 or a sixteenth of the heap if the heap looks full, since the
     * collector may empty its last region again and again. Also ends the process if the message cannot be written because a full pipe has no
     * reader.
     */
    private static void watch() {
        try {
            while (!ending) {
                Thread.sleep(PROBE_MILLIS);
                int count = looksFull() ? PROBES.length : 1;
                for (int i = 0; i < count; i++) {
                    PROBES[i] = new byte[PROBE_BYTES];
                }
                Arrays.fill(PROBES, NOTHING);
            }
            awaitMessage();
            RUNTIME.halt(EXIT_CODE);
        } catch (OutOfMemoryError error) {
            end(error);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether an eighth of the heap is left at most, garbage not counted. */
    private static boolean looksFull() {
        return RUNTIME.maxMemory() - RUNTIME.totalMemory() + RUNTIME.freeMemory() < RUNTIME.maxMemory() / 8;
    }
}
