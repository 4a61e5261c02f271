package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time from an event to its acknowledgement, for the log and for a write to the file under a lock, which
 * is the simplest log with the same guarantee. {@code -bm sample} shows latencies. Run it with scripts/bench-jmh.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogWriterBenchmark {

    /** Number of events that a thread appends before it waits, like a thread that serves many connections. */
    private static final int EVENTS = 64;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private EventLog log;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private FileChannel channel;

    private final Object lock = new Object();

    /** One client's acknowledgement. */
    @State(Scope.Thread)
    public static class Client implements Acknowledgement {
        private final EventEncoder encoder = new EventEncoder();
        private final Thread thread = Thread.currentThread();
        private volatile boolean isDone;

        @Override
        public void done() {
            isDone = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void timedOut() {
            throw new IllegalStateException("timed out");
        }

        void await(EventLog log, long position) {
            isDone = false;
            log.whenWritten(position, this);
            while (!isDone) {
                LockSupport.park(this);
            }
        }
    }

    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("log-benchmark");
        log = EventLog.open(EventLogOptions.of(folder.resolve("log.json")));
        channel = FileChannel.open(
                folder.resolve("locked.json"), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        log.close();
        channel.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    @Threads(1)
    public void oneThread(Client client) {
        client.await(log, log.append(TestEvents.FULL));
    }

    @Benchmark
    @Threads(8)
    public void eightThreads(Client client) {
        client.await(log, log.append(TestEvents.FULL));
    }

    @Benchmark
    @Threads(8)
    @OperationsPerInvocation(EVENTS)
    public void eightThreadsOfManyEvents(Client client) {
        long position = 0;
        for (int i = 0; i < EVENTS; i++) {
            position = log.append(TestEvents.FULL);
        }
        client.await(log, position);
    }

    @Benchmark
    @Threads(1)
    public void oneThreadThatWritesItself(Client client) throws IOException {
        write(client);
    }

    @Benchmark
    @Threads(8)
    public void eightThreadsThatWriteThemselves(Client client) throws IOException {
        write(client);
    }

    private void write(Client client) throws IOException {
        ByteBuffer line = client.encoder.encode(TestEvents.FULL).asByteBuffer();
        synchronized (lock) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }
    }
}
