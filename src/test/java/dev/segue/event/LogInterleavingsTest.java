package dev.segue.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Tests the hand-over of events between threads with Lincheck. It runs each small program many times and chooses at
 * each step which thread continues, starting with the interleavings with the fewest thread switches. The log's lines
 * are written to memory instead of a file; {@link EventLogStressTest} uses files.
 */
@Tag("full")
class LogInterleavingsTest {

    private static final int RUNS = 100;
    private static final EventLogOptions OPTIONS = EventLogOptions.of(Path.of("data.json"));

    /** Lincheck follows every step of a program, and log messages have many. */
    @BeforeAll
    static void disableLogging() {
        ((Logger) LoggerFactory.getLogger(LogWriter.class)).setLevel(Level.OFF);
    }

    @AfterAll
    static void restoreLogging() {
        ((Logger) LoggerFactory.getLogger(LogWriter.class)).setLevel(null);
    }

    /** Keeps lines in memory; the first writes fail. */
    private static final class MemoryLines implements LogWriter.Lines {
        private final byte[] bytes = new byte[64];
        private volatile int size;
        private int failures;
        private boolean isRetired; // guarded by this

        MemoryLines(int failures) {
            this.failures = failures;
        }

        @Override
        public void write(ByteBuffer lines) throws IOException {
            if (lines.hasRemaining() && failures > 0) {
                failures--;
                throw new IOException("no space");
            }
            int end = size + lines.remaining();
            lines.get(bytes, size, lines.remaining());
            size = end;
        }

        @Override
        public synchronized void retire() {
            isRetired = true;
            notifyAll();
        }

        /** Waits for the end of the writer thread, since Lincheck does not support the timed join. */
        synchronized void awaitRetirement() throws InterruptedException {
            while (!isRetired) {
                wait();
            }
        }

        String text() {
            return new String(bytes, 0, size, US_ASCII);
        }
    }

    /** A client that appends a line and records its acknowledgement. */
    private static final class Client implements Acknowledgement {
        private final String line;
        private final Log log;
        private long position; // 0 if the log was closed
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger timedOut = new AtomicInteger();
        private volatile boolean isEarly;

        Client(String line, Log log) {
            this.line = line;
            this.log = log;
        }

        void run() {
            var buffer = new LineBuffer();
            buffer.append(line.getBytes(US_ASCII));
            try {
                position = log.writer.append(buffer);
            } catch (IllegalStateException closed) {
                return;
            }
            log.waiting.await(position, this, () -> log.writer.written() >= position);
        }

        @Override
        public void done() {
            isEarly |= !log.lines.text().contains(line);
            done.incrementAndGet();
        }

        @Override
        public void timedOut() {
            timedOut.incrementAndGet();
        }

        /**
         * Fails unless the acknowledgement was called exactly once, done only after the line was written, and never for
         * a line that a closed log rejected.
         */
        void check() {
            boolean isWritten = log.lines.text().contains(line);
            int calls = done.get() + timedOut.get();
            if (calls != (position == 0 ? 0 : 1)
                    || isEarly
                    || (done.get() > 0 && !isWritten)
                    || (position == 0 && isWritten)) {
                throw new AssertionError(line + " at " + position + ": " + done + " done, " + timedOut
                        + " timed out, early " + isEarly + ", lines " + log.lines.text());
            }
        }
    }

    /** A writer and its acknowledgements, connected as in {@link EventLog}. */
    private static final class Log {
        private final PendingAcknowledgements waiting = new PendingAcknowledgements();
        private final MemoryLines lines;
        private final LogWriter writer;

        Log(int failures) {
            lines = new MemoryLines(failures);
            writer = new LogWriter(OPTIONS, lines, waiting::release);
            writer.start();
        }

        void close() throws InterruptedException {
            writer.stop();
            lines.awaitRetirement();
            waiting.expire(Duration.ZERO);
        }
    }

    private static Thread start(Runnable action) {
        var thread = new Thread(action);
        thread.start();
        return thread;
    }

    private static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** A program that Lincheck runs many times. */
    @FunctionalInterface
    private interface Program {
        void run() throws InterruptedException;
    }

    private static void runInterleavings(Program program) {
        Lincheck.runConcurrentTest(RUNS, () -> {
            try {
                program.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void acknowledgementIsCalledOnceIfWriteAndExpiryRace() {
        runInterleavings(() -> {
            var log = new Log(0);
            var client = new Client("a\n", log);
            Thread first = start(client::run);
            Thread expiry = start(() -> log.waiting.expire(Duration.ZERO));
            join(first, expiry);
            log.close();
            client.check();
            expect("a\n", log);
        });
    }

    @Test
    void acknowledgementFollowsWrite() {
        runInterleavings(() -> {
            var log = new Log(0);
            var client = new Client("a\n", log);
            client.run();
            log.close();
            client.check();
            expect("a\n", log);
        });
    }

    @Test
    void linesAreInOrderOfPositions() {
        runInterleavings(() -> {
            var log = new Log(0);
            var a = new Client("a\n", log);
            var b = new Client("b\n", log);
            join(start(a::run), start(b::run));
            log.close();
            a.check();
            b.check();
            if (a.done.get() + b.done.get() != 2) {
                throw new AssertionError("not acknowledged: " + a.done + ", " + b.done);
            }
            expect(a.position < b.position ? "a\nb\n" : "b\na\n", log);
        });
    }

    @Test
    void stopWritesExactlyTheAcceptedEvents() {
        runInterleavings(() -> {
            var log = new Log(0);
            var a = new Client("a\n", log);
            Thread client = start(a::run);
            log.close();
            join(client);
            log.waiting.expire(Duration.ZERO);
            a.check();
            expect(a.position > 0 ? "a\n" : "", log);
        });
    }

    @Test
    void linesAreWrittenOnceAndInOrderAfterFailure() {
        runInterleavings(() -> {
            var log = new Log(1);
            var a = new Client("a\n", log);
            var b = new Client("b\n", log);
            Thread client = start(a::run);
            b.run();
            join(client);
            log.close();
            a.check();
            b.check();
            String lines = log.lines.text();
            if (!lines.isEmpty()) {
                expect(a.position < b.position ? "a\nb\n" : "b\na\n", log);
            }
        });
    }

    @Test
    void unwrittenEventsOfStoppedLogTimeOut() {
        runInterleavings(() -> {
            var log = new Log(Integer.MAX_VALUE);
            var a = new Client("a\n", log);
            Thread client = start(a::run);
            log.close();
            join(client);
            log.waiting.expire(Duration.ZERO);
            a.check();
            expect("", log);
        });
    }

    private static void expect(String lines, Log log) {
        if (!log.lines.text().equals(lines)) {
            throw new AssertionError("expected " + lines + " but was " + log.lines.text());
        }
    }
}
