package dev.segue.file;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
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

    private final BlockingQueue<Supplier<String>> waiting = new ArrayBlockingQueue<>(QUEUED);
    private final LongAdder dropped = new LongAdder();
    private final RollingFileAppender<String> appender;
    private final Thread writer;

    private RollingLines(RollingFileAppender<String> appender, Path file) {
        this.appender = appender;
        writer = new Thread(this::writeAll, "segue-write-" + file.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens a file, and creates it and its folder if they are missing.
     *
     * @param maxBytes size at which the file is renamed; it is exceeded by the lines of about a second
     * @param keptFiles number of renamed files that are kept
     * @throws FileException if the file cannot be written
     */
    public static RollingLines open(Path file, long maxBytes, int keptFiles) {
        var context = new ContextBase();
        var appender = new PrivateAppender();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setImmediateFlush(false);
        appender.setEncoder(new LineEncoder());
        var names = new NumberedFiles(file, keptFiles);
        names.setContext(context);
        names.setParent(appender);
        var size = new SizeBasedTriggeringPolicy<String>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(maxBytes));
        size.setCheckIncrement(Duration.buildByMilliseconds(SIZE_CHECK_MILLIS));
        names.start();
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        try {
            create(file);
        } catch (IOException refused) {
            throw new FileException(
                    file + " cannot be written: " + FailureReason.of(refused)
                            + "; repair its permissions or name another file",
                    refused);
        }
        appender.start();
        context.getStatusManager().add(RollingLines::warn);
        return new RollingLines(appender, file);
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
            for (Supplier<String> line = waiting.take(); line != END; line = waiting.take()) {
                write(line);
                if (waiting.isEmpty()) {
                    appender.getOutputStream().flush();
                }
            }
        } catch (InterruptedException | IOException end) {
            LOG.warn("{} is no longer written", appender.getFile(), end);
        } finally {
            appender.stop();
        }
    }

    private void write(Supplier<String> line) {
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

    /** Logback's own policy takes percent signs in the names of folders for patterns. */
    private static final class NumberedFiles extends RollingPolicyBase {
        private final Path live;
        private final int kept;

        NumberedFiles(Path live, int kept) {
            this.live = live;
            this.kept = kept;
        }

        private Path numbered(int number) {
            return Path.of(live + "." + number);
        }

        @Override
        public void rollover() {
            try {
                for (int number = kept - 1; number > 0; number--) {
                    if (Files.exists(numbered(number))) {
                        Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                Files.move(live, numbered(1), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException refused) {
                throw new RolloverFailure(FailureReason.of(refused), refused); // the file is continued
            }
        }

        @Override
        public String getActiveFileName() {
            return live.toString();
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
