package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The open live file and the path that should lead to it: other programs remove, rename, replace and empty log files, and an
 * open file does not notice. Used by the writer thread only.
 */
final class LiveFile {

    /** The result of a look at the path. */
    enum Look {
        IN_PLACE,
        /** Nothing is there. */
        GONE,
        /** Something else is there. */
        REPLACED,
        /** The file is there, and shorter than it was. */
        SHORTENED
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

    /** Opens a file for appending, and creates it if need be. */
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

    /** Whether the path still leads to this file with all that was written to it; others may have appended to it. */
    Look look() throws IOException {
        FileState now = FileState.of(path);
        if (now == null) {
            return Look.GONE;
        }
        if (!now.key().equals(key)) {
            return Look.REPLACED;
        }
        if (now.size() < size) {
            return Look.SHORTENED;
        }
        size = now.size();
        return Look.IN_PLACE;
    }

    /**
     * Appends all or, after an exception, nothing: what a full disk took of the lines is cut off again, so that a reader
     * meets no torn line meanwhile. If even that fails, the next attempt goes on in the middle of the line.
     */
    void append(ByteBuffer lines) throws IOException {
        int start = lines.position();
        try {
            while (lines.hasRemaining()) {
                file.write(lines);
            }
            size += lines.position() - start;
        } catch (IOException | RuntimeException e) {
            takeBack(lines, start, e);
            throw e;
        }
    }

    private void takeBack(ByteBuffer lines, int start, Exception reason) {
        try {
            file.truncate(size);
            lines.position(start);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** Whether this is the file that a state describes. */
    boolean is(FileState state) {
        return state.key().equals(key);
    }

    LogFile file() {
        return file;
    }

    /** The size as of the last look or write. */
    long size() {
        return size;
    }
}
