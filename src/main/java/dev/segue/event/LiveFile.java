package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The open live file and its path. Other programs may remove, rename, replace or truncate the file; the open descriptor
 * does not show that, so the path is checked. Used by the writer thread only.
 */
final class LiveFile {

    /** The result of a check of the path. */
    enum Check {
        IN_PLACE,
        /** The path does not exist. */
        MISSING,
        /** Another file is at the path. */
        REPLACED,
        /** The file is at the path, but shorter than before. */
        TRUNCATED
    }

    private final Path path;
    private final LogFile file;
    private final Object key;
    private long size;

    private LiveFile(Path path, LogFile file, FileState state) {
        this.path = path;
        this.file = file;
        this.key = state.key();
        this.size = state.size();
    }

    /** Opens a file for appending; creates it if necessary. */
    static LiveFile open(Path path, LogFile.Opener opener) throws IOException {
        LogFile file = opener.open(path);
        try {
            FileState state = FileState.of(path);
            if (state == null || !state.isRegular() || state.size() != file.size()) {
                throw new IOException(path + " was replaced while it was opened");
            }
            return new LiveFile(path, file, state);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Checks whether the path still names this file with all its contents. Other programs may have appended to it. */
    Check check() throws IOException {
        FileState now = FileState.of(path);
        if (now == null) {
            return Check.MISSING;
        }
        if (!now.key().equals(key)) {
            return Check.REPLACED;
        }
        if (now.size() < size) {
            return Check.TRUNCATED;
        }
        size = now.size();
        return Check.IN_PLACE;
    }

    /**
     * Appends all lines or, after an exception, none: a partial write on a full disk is truncated, so that readers find
     * no torn line. If the truncation fails too, the next attempt continues within the line.
     */
    void append(ByteBuffer lines) throws IOException {
        int start = lines.position();
        try {
            while (lines.hasRemaining()) {
                file.write(lines);
            }
            size += lines.position() - start;
        } catch (IOException | RuntimeException e) {
            rollBack(lines, start, e);
            throw e;
        }
    }

    private void rollBack(ByteBuffer lines, int start, Exception reason) {
        try {
            file.truncate(size);
            lines.position(start);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** Whether a state belongs to this file. */
    boolean matches(FileState state) {
        return state.key().equals(key);
    }

    LogFile file() {
        return file;
    }

    /** The size as of the last check or write, in bytes. */
    long size() {
        return size;
    }
}
