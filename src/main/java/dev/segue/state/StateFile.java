package dev.segue.state;

import dev.segue.file.Destination;
import dev.segue.file.PrivateFile;
import dev.segue.platform.FailureReason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON lines that grows, unless lines are erased. A line counts once it is forced to the disk; a last line without its
 * end, which a crash may leave, does not count. The first write creates the file and locks it against other processes.
 * Thread-safe.
 */
final class StateFile implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    /** Bytes of the complete lines. */
    private long length;
    /** Size of the file when it was read. */
    private long sizeRead;

    private @Nullable FileChannel channel;

    private StateFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file; a missing one is empty.
     *
     * @param reader takes each line in order; throws {@link IllegalArgumentException} for a line that it does not understand
     * @throws StateException if the file cannot be read, or a line is malformed
     */
    static StateFile open(Path file, Consumer<JsonNode> reader) {
        var state = new StateFile(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            state.read(in, reader);
        } catch (NoSuchFileException missing) {
            return state; // another failure, such as a missing permission, must not look like an empty file
        } catch (IOException e) {
            throw new StateException(
                    "cannot read " + file + " (" + FailureReason.of(e) + "); check STATE_FOLDER and its permissions",
                    e);
        }
        return state;
    }

    private void read(InputStream in, Consumer<JsonNode> reader) throws IOException {
        var line = new ByteArrayOutputStream();
        int number = 1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            sizeRead++;
            if (next != '\n') {
                line.write(next);
                continue;
            }
            try {
                reader.accept(JSON.readTree(line.toByteArray()));
            } catch (JacksonException | IllegalArgumentException e) {
                String reason = e instanceof JacksonException bad ? bad.getOriginalMessage() : e.getMessage();
                throw new StateException(file + ":" + number + ": " + reason + "; correct the line, or remove it", e);
            }
            line.reset();
            number++;
            length = sizeRead;
        }
    }

    /**
     * Appends a line and forces it to the disk.
     *
     * @throws StateException if that fails; the line does not count then
     */
    synchronized void append(JsonNode line) {
        try {
            FileChannel opened = opened();
            byte[] json = JSON.writeValueAsBytes(line);
            byte[] bytes = Arrays.copyOf(json, json.length + 1);
            bytes[json.length] = '\n';
            if (opened.size() != length) {
                opened.truncate(length); // a failed write could not be undone
            }
            try {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    opened.write(buffer, length + buffer.position());
                }
                opened.force(true);
            } catch (IOException e) {
                opened.truncate(length);
                throw e;
            }
            length += bytes.length;
        } catch (IOException e) {
            throw new StateException(
                    "cannot write " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        }
    }

    /**
     * Erases the other lines: the file is replaced at once by one without them, which is forced to the disk.
     *
     * @throws StateException if that fails; the file is then unchanged
     */
    synchronized void retain(Predicate<JsonNode> kept) {
        if (length == 0) {
            return;
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            opened();
            byte[] lines = linesThat(kept);
            if (lines.length == length) {
                return;
            }
            Files.deleteIfExists(temporary); // of a process that was killed
            replaceBy(temporary, lines);
        } catch (IOException e) {
            throw new StateException(
                    "cannot rewrite " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        }
    }

    private byte[] linesThat(Predicate<JsonNode> kept) throws IOException {
        byte[] all = Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(length));
        var lines = new ByteArrayOutputStream(all.length);
        int start = 0;
        for (int end = 0; end < all.length; end++) {
            if (all[end] == '\n') {
                if (kept.test(JSON.readTree(all, start, end - start))) {
                    lines.write(all, start, end + 1 - start);
                }
                start = end + 1;
            }
        }
        return lines.toByteArray();
    }

    /** The new file is locked before it has the name, so that no other process writes to it in between. */
    private void replaceBy(Path temporary, byte[] lines) throws IOException {
        FileChannel replacement = PrivateFile.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            requireLock(replacement);
            var buffer = ByteBuffer.wrap(lines);
            while (buffer.hasRemaining()) {
                replacement.write(buffer);
            }
            replacement.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            replacement.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
        FileChannel old = Objects.requireNonNull(channel);
        channel = replacement;
        length = lines.length;
        old.close();
    }

    private FileChannel opened() throws IOException {
        if (channel == null) {
            Destination.createFolder(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()));
            FileChannel opening = PrivateFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(opening);
                opening.truncate(length);
            } catch (IOException | StateException e) {
                opening.close();
                throw e;
            }
            channel = opening;
        }
        return channel;
    }

    /** Locks the file until it is closed, and checks that nothing was written to it since it was read. */
    private void lock(FileChannel opening) throws IOException {
        requireLock(opening);
        if (opening.size() != sizeRead) {
            throw new StateException(file + " was changed by another program after this server read it; restart it,"
                    + " and give each server a STATE_FOLDER of its own");
        }
    }

    private void requireLock(FileChannel opening) throws IOException {
        FileLock lock;
        try {
            lock = opening.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // held by this process
        }
        if (lock == null) {
            throw new StateException(file + " is in use by another server; give each server a STATE_FOLDER of its own");
        }
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new StateException("cannot close " + file + ": " + FailureReason.of(e), e);
            }
        }
    }
}
