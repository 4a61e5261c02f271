package dev.segue.file;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import dev.segue.platform.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private text file that a thread of its own appends to, so that callers never wait for the disk. Lines beyond {@value #QUEUED} that wait
 * are dropped and counted. A file of its largest size is renamed: {@code access.log} to {@code access.log.1}, and so on.
 */
public final class RollingLines implements AutoCloseable {

    /** Number of lines that may wait for the disk. */
    static final int QUEUED = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(RollingLines.class);
    private static final Supplier<String> END = RollingLines::noLine;
    private static final long STOP_MILLIS = 2000;
    private static final long SIZE_CHECK_MILLIS = 1000;
    private static final long REOPEN_MILLIS = 1000;
    private static final Duration AGE_CHECKS = Duration.ofMinutes(1);
    private static final long LIVE_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final long EMPTY = Long.MAX_VALUE;

    private final BlockingQueue<Supplier<String>> waiting = new ArrayBlockingQueue<>(QUEUED);
    private final LongAdder dropped = new LongAdder();
    private final RollingFileAppender<String> appender = new PrivateAppender();
    private final NumberedFiles names;
    private final Limits limits;
    private final InstantSource clock;
    private final Duration ageChecks;
    private final Thread writer;
    private long begunMillis; // time of the live file's first line; writer only
    private long nextAgeCheck = Long.MIN_VALUE; // writer only
    private long nextOpening = Long.MIN_VALUE; // writer only

    /**
     * Bounds of the files.
     *
     * @param maxBytes size at which the file is renamed; it is exceeded by the lines of about a second
     * @param keptFiles number of renamed files that are kept
     * @param keptFor time after the last line of a renamed file at which it is deleted, and the file is then renamed every day too; null for
     *     any time
     */
    public record Limits(
            long maxBytes, int keptFiles, @Nullable Duration keptFor) {}

    private RollingLines(Path file, Limits limits, long begunMillis, InstantSource clock, Duration ageChecks) {
        this.limits = limits;
        this.begunMillis = begunMillis;
        this.clock = clock;
        this.ageChecks = ageChecks;
        names = new NumberedFiles(file, limits.keptFiles(), () -> this.begunMillis = EMPTY);
        startAppender(file);
        writer = new Thread(this::writeAll, "segue-write-" + file.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens a file, and creates it and its folder if they are missing.
     *
     * @param timeOf the time of a line in ms since 1970, from which the age of an existing file follows; empty if it has none
     * @throws FileException if the file cannot be written
     */
    public static RollingLines open(Path file, Limits limits, Function<String, OptionalLong> timeOf) {
        return open(file, limits, timeOf, InstantSource.system(), AGE_CHECKS);
    }

    /** @param ageChecks the interval of the checks of the files' age */
    static RollingLines open(
            Path file, Limits limits, Function<String, OptionalLong> timeOf, InstantSource clock, Duration ageChecks) {
        try {
            create(file);
            long begun = limits.keptFor() == null ? EMPTY : begun(file, timeOf, clock);
            return new RollingLines(file, limits, begun, clock, ageChecks);
        } catch (IOException refused) {
            throw new FileException(
                    file + " cannot be written: " + FailureReason.of(refused)
                            + "; repair its permissions or name another file",
                    refused);
        }
    }

    /** The time of a file's first line; the present if the line has none. */
    private static long begun(Path file, Function<String, OptionalLong> timeOf, InstantSource clock)
            throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return EMPTY;
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            return first == null ? EMPTY : timeOf.apply(first).orElse(clock.millis());
        }
    }

    private void startAppender(Path file) {
        var context = new ContextBase();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setImmediateFlush(false);
        appender.setEncoder(new LineEncoder());
        names.setContext(context);
        names.setParent(appender);
        var size = new SizeBasedTriggeringPolicy<String>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(limits.maxBytes()));
        size.setCheckIncrement(ch.qos.logback.core.util.Duration.buildByMilliseconds(SIZE_CHECK_MILLIS));
        names.start();
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        appender.start();
        context.getStatusManager().add(RollingLines::warn);
    }

    private static void create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        PrivateFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
    }

    private static void warn(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN) {
            LOG.warn("{}", status.getMessage());
        }
    }

    /**
     * Appends a line soon, or drops it if too many lines wait. Never waits.
     *
     * @param line makes the line, without its end, on the thread that writes
     */
    public void add(Supplier<String> line) {
        if (!waiting.offer(line)) {
            dropped.increment();
        }
    }

    /** Number of lines that were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    private static String noLine() {
        return "";
    }

    private void writeAll() {
        try {
            Supplier<String> line = next();
            while (line != END) {
                if (limits.keptFor() != null) {
                    checkAge(limits.keptFor());
                }
                if (line != null && isOpen()) {
                    write(line);
                } else if (line != null) {
                    dropped.increment();
                }
                if (waiting.isEmpty()) {
                    flush();
                }
                line = next();
            }
        } catch (InterruptedException | IOException end) {
            LOG.warn("{} is no longer written", appender.getFile(), end);
        } finally {
            appender.stop();
        }
    }

    /** The next line; null if there was none for the interval of the checks. */
    private @Nullable Supplier<String> next() throws InterruptedException {
        return waiting.poll(ageChecks.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Renames the file if its first line is more than a day old, and deletes renamed files whose time is over. */
    private void checkAge(Duration keptFor) {
        long now = clock.millis();
        if (now < nextAgeCheck) {
            return;
        }
        nextAgeCheck = now + ageChecks.toMillis();
        if (begunMillis != EMPTY && now - begunMillis > LIVE_MILLIS) {
            appender.rollover();
        }
        try {
            names.deleteOlderThan(now - keptFor.toMillis());
        } catch (IOException refused) {
            LOG.warn("an old file of {} cannot be deleted: {}", appender.getFile(), FailureReason.of(refused));
        }
    }

    /** Whether the file is open. A renaming may leave it closed, if there is no descriptor or no folder; then opens it again, once a second. */
    private boolean isOpen() {
        long now = clock.millis();
        if (appender.getOutputStream() != null || now < nextOpening) {
            return appender.getOutputStream() != null;
        }
        nextOpening = now + REOPEN_MILLIS;
        try {
            appender.openFile(appender.getFile());
        } catch (IOException refused) {
            LOG.warn(
                    "{} cannot be opened, and its lines are dropped: {}",
                    appender.getFile(),
                    FailureReason.of(refused));
        }
        return appender.getOutputStream() != null;
    }

    private void flush() throws IOException {
        OutputStream out = appender.getOutputStream();
        if (out != null) {
            out.flush();
        }
    }

    private void write(Supplier<String> line) {
        if (begunMillis == EMPTY) {
            begunMillis = clock.millis();
        }
        try {
            appender.doAppend(line.get());
        } catch (RuntimeException failed) {
            dropped.increment();
            LOG.warn("a line of {} could not be written", appender.getFile(), failed);
        }
    }

    /** Writes the lines that wait, for two seconds at most. */
    @Override
    public void close() {
        try {
            if (waiting.offer(END, STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.join(STOP_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Creates each new file with the mode of a {@link PrivateFile}. */
    private static final class PrivateAppender extends RollingFileAppender<String> {
        @Override
        public void openFile(String name) throws IOException {
            create(Path.of(name));
            super.openFile(name);
        }
    }

    private static final class LineEncoder extends EncoderBase<String> {
        private static final byte[] NONE = {};

        @Override
        public byte[] headerBytes() {
            return NONE;
        }

        @Override
        public byte[] encode(String line) {
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return NONE;
        }
    }
}
