package dev.segue.event;

import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that is being written, through all its rotations: {@link #next} gives null when there is nothing more yet, and
 * goes on from there when asked again. A line is read when it has ended. Bounded memory; for one thread.
 *
 * <p>Files are told apart by what they are and not by their names, since a rotation renames the one being read, and other
 * programs may rename, replace or empty the live file.
 */
public final class GrowingEventReader implements EventReader {

    private final Path log;
    private @Nullable FileEventReader current;
    private @Nullable Object currentKey;
    private @Nullable Path lastRotation; // the youngest that is read, or being read, by its name then
    private ReadCounts before = ReadCounts.NONE;
    private long bytesBefore;

    /** @param log the live file, which need not be there yet */
    public GrowingEventReader(Path log) {
        this.log = log;
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            FileEventReader file = current;
            Event event = file == null ? null : file.nextWhole();
            if (event != null) {
                return event;
            }
            Path next = successor();
            if (next == null) {
                return null;
            }
            Event last = file == null ? null : file.nextWhole(); // written between the last look and the rotation
            if (last != null) {
                return last;
            }
            open(next);
        }
    }

    /**
     * The file after the current one; if the current one is gone, the first that was not read; null if there is none. A file
     * that has become shorter than what was read of it is its own successor: another program emptied it.
     */
    private @Nullable Path successor() {
        List<Path> files = EventLogFiles.list(log);
        for (int i = 0; i < files.size() && currentKey != null; i++) {
            BasicFileAttributes found = attributes(files.get(i));
            if (found != null && currentKey.equals(FileState.key(found))) {
                boolean isShorter = current != null && found.size() < current.bytesRead();
                return isShorter ? files.get(i) : i + 1 < files.size() ? files.get(i + 1) : null;
            }
        }
        Path read = lastRotation;
        return files.stream()
                .filter(file -> read == null || EventLogFiles.byAge().compare(file, read) > 0)
                .findFirst()
                .orElse(null);
    }

    private void open(Path file) {
        if (current != null) {
            before = before.plus(current.counts()).plus(torn(current.endsTorn() ? 1 : 0));
            bytesBefore += current.bytesRead();
            current.close();
        }
        BasicFileAttributes found = attributes(file);
        current = new FileEventReader(file, LogRules.STRICT);
        currentKey = found == null ? null : FileState.key(found);
        EventLogFiles.list(log).stream()
                .filter(other -> !other.equals(log) && EventLogFiles.byAge().compare(other, file) <= 0)
                .max(EventLogFiles.byAge())
                .ifPresent(rotation -> lastRotation = rotation);
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
        return current == null ? before : before.plus(current.counts());
    }

    @Override
    public long bytesRead() {
        return bytesBefore + (current == null ? 0 : current.bytesRead());
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
