package dev.segue.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that is being written, through all its rotations: {@link #next} gives null when there is nothing more yet, and
 * goes on from there when asked again. A line is read when it has ended. Bounded memory; for one thread.
 *
 * <p>Files are told apart by what they are and not by their names, since a rotation renames the one being read.
 */
public final class GrowingEventReader implements EventReader {

    private final Path log;
    private @Nullable FileEventReader current;
    private @Nullable Object currentKey;
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

    /** The file after the current one, the oldest if that is gone or there is none; null if there is no other. */
    private @Nullable Path successor() {
        List<Path> files = EventLogFiles.list(log);
        int position = -1;
        for (int i = 0; i < files.size() && currentKey != null; i++) {
            if (currentKey.equals(key(files.get(i)))) {
                position = i;
            }
        }
        return position + 1 < files.size() ? files.get(position + 1) : null;
    }

    private void open(Path file) {
        if (current != null) {
            before = before.plus(current.counts()).plus(torn(current.endsTorn() ? 1 : 0));
            bytesBefore += current.bytesRead();
            current.close();
        }
        Object key = key(file);
        current = new FileEventReader(file, LogRules.STRICT);
        currentKey = key;
    }

    private static ReadCounts torn(long lines) {
        return new ReadCounts(lines, 0, List.of(), 0);
    }

    /** What a file is; where the file system does not tell, when it was made. Null if it is gone. */
    private static @Nullable Object key(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
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
