package dev.segue.event;

import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files one after another, with one open at a time. */
final class SequentialEventReader implements EventReader {

    private final Iterator<Path> files;
    private @Nullable EventReader current;
    private final LogRules rules;
    private ReadCounts finishedCounts = ReadCounts.NONE;
    private long finishedBytes;

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
        return current == null ? finishedCounts : finishedCounts.plus(current.counts());
    }

    @Override
    public long bytesRead() {
        return finishedBytes + (current == null ? 0 : current.bytesRead());
    }

    @Override
    public void close() {
        if (current != null) {
            finishedCounts = finishedCounts.plus(current.counts());
            finishedBytes += current.bytesRead();
            current.close();
            current = null;
        }
    }
}
