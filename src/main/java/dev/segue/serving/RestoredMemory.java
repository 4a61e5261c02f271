package dev.segue.serving;

import dev.segue.event.Event;
import dev.segue.event.Event.Message;
import dev.segue.event.EventLogException;
import dev.segue.event.EventLogFiles;
import dev.segue.event.EventReader;
import dev.segue.listening.HistoryLimits;
import dev.segue.listening.Listen;
import dev.segue.listening.ListeningMemory;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server knew of its listeners when it was stopped: their histories, and the answers to request ids, from the event
 * log. All of the log is read, since a listener's next session needs the number of its last one; a million events take a
 * second or two.
 */
public final class RestoredMemory {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredMemory.class);

    private final ListeningMemory<Answer> memory;
    private long events;

    private RestoredMemory(HistoryLimits limits) {
        memory = new ListeningMemory<>(limits);
    }

    /**
     * Reads the log.
     *
     * @param logFile the live file
     * @throws EventLogException if the live file has a line that is no event: it may be no log, and nothing should be
     *     appended to it. A rotation with such a line is read up to there, with a warning
     */
    public static ListeningMemory<Answer> of(Path logFile, HistoryLimits limits) {
        var restored = new RestoredMemory(limits);
        for (Path file : EventLogFiles.list(logFile)) {
            try {
                restored.read(file);
            } catch (EventLogException unreadable) {
                if (file.equals(logFile)) {
                    throw new EventLogException(
                            unreadable.getMessage()
                                    + "; at its start a server reads its log for the listeners' histories: mend that"
                                    + " place, or move the file away",
                            unreadable);
                }
                LOG.warn("{}; what follows in that file is not remembered of its listeners", unreadable.getMessage());
            }
        }
        if (restored.events > 0) {
            LOG.info("restored {} listeners' histories from {} logged events", restored.memory.size(), restored.events);
        }
        return restored.memory;
    }

    private void read(Path file) {
        try (EventReader reader = EventReader.open(file)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                repeat(event);
                events++;
            }
        }
    }

    private void repeat(Event event) {
        memory.update(event.listener().key(), listener -> {
            var playback = event.playback();
            listener.history()
                    .restore(
                            event.session(),
                            event.sequence(),
                            playback == null ? null : new Listen(playback.track(), playback.time()),
                            event.message() == Message.LAST,
                            event.timestamp());
            if (event.requestId() != null) {
                listener.remember(event.requestId(), Answer.restored(event));
            }
            return null;
        });
    }
}
