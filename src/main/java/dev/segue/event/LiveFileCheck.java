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

/** Checks that a file is an event log and ends with a complete line before it is appended to. */
final class LiveFileCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFileCheck.class);
    private static final int BLOCK_BYTES = 1 << 13;
    private static final String FIRST_FIELD = "{\"message\":";

    private LiveFileCheck() {}

    /** Rejects paths that cannot hold a log, such as folders and links. A path that does not exist is accepted. */
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

    /** Rejects a non-empty file whose first line is not an event of Segue or Botify. */
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
            throw new EventLogException(file + " is not an event log (" + problem
                    + "), so nothing is appended to it: move it away, or set DATA_LOG_FILE to another file");
        }
    }

    private static @Nullable String problem(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(BLOCK_BYTES);
        }
        String text = new String(start, StandardCharsets.UTF_8)
                .replaceFirst("^\uFEFF", "")
                .stripLeading();
        if (!text.isEmpty() && text.charAt(0) != '{') {
            return "it does not begin with {";
        }
        try (EventReader reader = EventReader.open(file, LogRules.SERVED)) {
            Event first = reader.next();
            boolean isTorn = first == null && reader.tornLines() > 0;
            return isTorn && !beginsLikeAnEvent(text) ? "its only line is not an event" : null;
        }
    }

    /** Whether the text may be the start of an event: a process killed during its first write leaves a partial line. */
    private static boolean beginsLikeAnEvent(String text) {
        String start = text.replace(" ", "");
        return start.startsWith(FIRST_FIELD) || FIRST_FIELD.startsWith(start);
    }

    /** Removes an incomplete last line, which was never acknowledged, so that the next event starts a new line. */
    static void cutTornLine(Path file, FileChannel log) throws IOException {
        long size = log.size();
        long whole = endOfLastLine(log, size);
        if (whole < size) {
            log.truncate(whole);
            LOG.warn("cut {} bytes of an unfinished line from the end of {}", size - whole, file);
        }
    }

    private static long endOfLastLine(FileChannel log, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long end = size; end > 0; end -= block.position()) {
            block.clear().limit((int) Math.min(BLOCK_BYTES, end));
            long start = end - block.limit();
            while (block.hasRemaining()) {
                if (log.read(block, start + block.position()) < 0) {
                    throw new IOException("the file became shorter while it was read");
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
