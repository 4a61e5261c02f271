package dev.segue.event;

import dev.segue.play.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a file before anything is appended to it: it must be a log, and end with a whole line. */
final class LiveFileCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFileCheck.class);
    private static final int BLOCK = 1 << 13;
    private static final String FIRST_FIELD = "{\"message\":";

    private LiveFileCheck() {}

    /** Refuses what cannot hold a log; a path where nothing is yet may. */
    static void requireRegular(Path file) throws IOException {
        FileState state = FileState.of(file);
        if (state == null) {
            Path folder = EventLogFiles.folder(file);
            if (!Files.isDirectory(folder)) {
                throw new EventLogException("the folder " + folder
                        + " is gone: put it back, or set DATA_LOG_FILE to another file and restart");
            }
        } else if (Files.isDirectory(file)) {
            throw new EventLogException(file + " is a folder: set DATA_LOG_FILE to a file");
        } else if (Files.isSymbolicLink(file)) {
            throw new EventLogException(
                    file + " has become a symbolic link: remove the link, or restart to write where it leads");
        } else if (!state.isRegular()) {
            throw new EventLogException(
                    file + " is a pipe or a device, which keeps no events: set DATA_LOG_FILE to a regular file");
        }
    }

    /** Refuses a file that has contents, and whose first line is no event of Segue's or Botify's. */
    static void requireLog(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        String problem;
        try {
            problem = problem(file);
        } catch (IOException | EventLogException e) {
            problem = e.getMessage();
        }
        if (problem != null) {
            throw new EventLogException(file + " is no event log (" + problem
                    + "), and nothing is appended to it: move it away, or set DATA_LOG_FILE to another file");
        }
    }

    private static @Nullable String problem(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(BLOCK);
        }
        String text = new String(start, StandardCharsets.UTF_8)
                .replaceFirst("^\uFEFF", "")
                .stripLeading();
        if (!text.isEmpty() && text.charAt(0) != '{') {
            return "it does not begin with {";
        }
        try (EventReader reader = EventReader.open(file)) {
            Event first = reader.next();
            boolean isTorn = first == null && reader.tornLines() > 0;
            return isTorn && !beginsLikeAnEvent(text) ? "its only line is no event" : null;
        }
    }

    /** A process that is killed during its first write leaves the beginning of a line. */
    private static boolean beginsLikeAnEvent(String text) {
        String start = text.replace(" ", "");
        return start.startsWith(FIRST_FIELD) || FIRST_FIELD.startsWith(start);
    }

    /** A line without its newline was never acknowledged; what is appended next must not continue it. */
    static void cutTornLine(Path file, FileChannel log) throws IOException {
        long size = log.size();
        long whole = endOfLastLine(log, size);
        if (whole < size) {
            log.truncate(whole);
            LOG.warn("cut {} bytes of an unfinished line from the end of {}", size - whole, file);
        }
    }

    private static long endOfLastLine(FileChannel log, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = size; end > 0; end -= block.position()) {
            block.clear().limit((int) Math.min(BLOCK, end));
            long start = end - block.limit();
            while (block.hasRemaining()) {
                if (log.read(block, start + block.position()) < 0) {
                    throw new IOException("the file shrinks while it is read");
                }
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }
}
