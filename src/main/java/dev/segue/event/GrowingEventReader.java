package dev.segue.event;

import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log that is being written, through all its rotations: {@link #next} returns null when there are no more
 * events yet, and may be called again later. Incomplete lines are not returned. Memory is bounded. Not thread-safe.
 *
 * <p>Files are identified by their keys instead of their names, since a rotation renames the file being read, and other
 * programs may rename, replace or truncate the live file.
 */
public final class GrowingEventReader implements EventReader {

    private final Path log;
    private @Nullable FileEventReader current;
    private @Nullable Object currentKey;
    private @Nullable Path newestRotation; // the newest one read so far, by its name at that time
    private ReadCounts finishedCounts = ReadCounts.NONE;
    private long finishedBytes;

    /** @param log the live file, which need not exist yet */
    public GrowingEventReader(Path log) {
        this.log = log;
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            FileEventReader file = current;
            Event event = file == null ? null : file.nextComplete();
            if (event != null) {
                return event;
            }
            Path next = nextFile();
            if (next == null) {
                return null;
            }
            Event last = file == null ? null : file.nextComplete(); // written between the last read and the rotation
            if (last != null) {
                return last;
            }
            open(next);
        }
    }

    /**
     * The file to read next: the file after the current one; or, if the current one no longer exists, the first unread
     * file; or the current one itself if another program truncated it below the part already read; null if there is
     * none.
     */
    private @Nullable Path nextFile() {
        List<Path> files = EventLogFiles.list(log);
        for (int i = 0; i < files.size() && currentKey != null; i++) {
            BasicFileAttributes found = attributes(files.get(i));
            if (found != null && currentKey.equals(FileState.key(found))) {
                boolean isShorter = current != null && found.size() < current.bytesRead();
                return isShorter ? files.get(i) : i + 1 < files.size() ? files.get(i + 1) : null;
            }
        }
        Path read = newestRotation;
        return files.stream()
                .filter(file -> read == null || EventLogFiles.byAge().compare(file, read) > 0)
                .findFirst()
                .orElse(null);
    }

    private void open(Path file) {
        if (current != null) {
            finishedCounts = finishedCounts.plus(current.counts()).plus(torn(current.endsWithinLine() ? 1 : 0));
            finishedBytes += current.bytesRead();
            current.close();
        }
        BasicFileAttributes found = attributes(file);
        current = new FileEventReader(file, LogRules.SERVED);
        currentKey = found == null ? null : FileState.key(found);
        EventLogFiles.list(log).stream()
                .filter(other -> !other.equals(log) && EventLogFiles.byAge().compare(other, file) <= 0)
                .max(EventLogFiles.byAge())
                .ifPresent(rotation -> newestRotation = rotation);
    }

    private static ReadCounts torn(long lines) {
        return new ReadCounts(lines, 0, List.of(), 0);
    }

    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public ReadCounts counts() {
        return current == null ? finishedCounts : finishedCounts.plus(current.counts());
    }

    @Override
    public long bytesRead() {
        return finishedBytes + (current == null ? 0 : current.bytesRead());
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
