package dev.segue.event;

import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file after the other, with one open at a time. */
final class SequentialEventReader implements EventReader {

    private final Iterator<Path> files;
    private @Nullable EventReader current;
    private final LogRules rules;
    private ReadCounts before = ReadCounts.NONE;
    private long bytesRead;

    SequentialEventReader(List<Path> files, LogRules rules) {
        this.rules = rules;
        this.files = files.iterator();
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            if (current == null) {
                if (!files.hasNext()) {
                    return null;
                }
                current = EventReader.open(files.next(), rules);
            }
            Event event = current.next();
            if (event != null) {
                return event;
            }
            close();
        }
    }

    @Override
    public ReadCounts counts() {
        return current == null ? before : before.plus(current.counts());
    }

    @Override
    public long bytesRead() {
        return bytesRead + (current == null ? 0 : current.bytesRead());
    }

    @Override
    public void close() {
        if (current != null) {
            before = before.plus(current.counts());
            bytesRead += current.bytesRead();
            current.close();
            current = null;
        }
    }
}
