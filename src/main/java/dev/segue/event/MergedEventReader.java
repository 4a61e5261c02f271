package dev.segue.event;

import dev.segue.play.Event;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A k-way merge of readers by timestamp. */
final class MergedEventReader implements EventReader {

    private record Head(Event event, int reader) {}

    private final List<EventReader> readers;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.event.timestamp()).thenComparingInt(Head::reader));

    MergedEventReader(List<? extends EventReader> readers) {
        this.readers = List.copyOf(readers);
        try {
            for (int i = 0; i < readers.size(); i++) {
                advance(i);
            }
        } catch (EventLogException e) {
            close();
            throw e;
        }
    }

    private void advance(int reader) {
        Event event = readers.get(reader).next();
        if (event != null) {
            heads.add(new Head(event, reader));
        }
    }

    @Override
    public @Nullable Event next() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        advance(head.reader);
        return head.event;
    }

    @Override
    public ReadCounts counts() {
        return readers.stream().map(EventReader::counts).reduce(ReadCounts.NONE, ReadCounts::plus);
    }

    @Override
    public long bytesRead() {
        return readers.stream().mapToLong(EventReader::bytesRead).sum();
    }

    @Override
    public void close() {
        readers.forEach(EventReader::close);
    }
}
