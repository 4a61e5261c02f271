package dev.segue.event;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A k-way merge: always the file whose next event is the earliest. */
final class MergedEventReader implements EventReader {

    private record Head(Event event, int file) {}

    private final List<EventReader> readers = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.event.timestamp()).thenComparingInt(Head::file));

    MergedEventReader(List<Path> files) {
        try {
            for (Path file : files) {
                readers.add(EventReader.open(file));
                advance(readers.size() - 1);
            }
        } catch (EventLogException e) {
            close();
            throw e;
        }
    }

    private void advance(int file) {
        Event event = readers.get(file).next();
        if (event != null) {
            heads.add(new Head(event, file));
        }
    }

    @Override
    public @Nullable Event next() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        advance(head.file);
        return head.event;
    }

    @Override
    public long tornLines() {
        return readers.stream().mapToLong(EventReader::tornLines).sum();
    }

    @Override
    public void close() {
        readers.forEach(EventReader::close);
    }
}
