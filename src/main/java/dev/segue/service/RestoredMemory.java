package dev.segue.service;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogFiles;
import dev.segue.event.EventReader;
import dev.segue.event.LogRules;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's knowledge of its listeners when it was stopped: their histories, and the answers to request ids, from the end of
 * the event log. How long a start takes does not depend on how long a log that is rotated has grown.
 *
 * <p>What is older than that span is left unread, in whole files. Listeners who were silent since then have their sessions
 * numbered from the seconds between {@link #NUMBERING} and what was read: more than any of them had sessions, unless it had more than one a second.
 */
public final class RestoredMemory {

    /** 2020-01-01T00:00:00Z in ms since 1970. */
    static final long NUMBERING = 1_577_836_800_000L;

    private static final Logger LOG = LoggerFactory.getLogger(RestoredMemory.class);

    private final HistoryLimits limits;
    private ListeningMemory<ServedEvent> memory;
    private boolean isGap;
    private long lastTimestamp = NUMBERING;
    private long events;

    private RestoredMemory(HistoryLimits limits) {
        this.limits = limits;
        memory = new ListeningMemory<>(limits, ServedEvent::bytes);
    }

    /**
     * Reads the end of a log.
     *
     * @param logFile the live file
     * @param span of the last events that are read, at least
     * @throws EventLogException if the live file has a line that is no event: it may be no log, and nothing should be
     *     appended to it. With such a line in a rotation, told in a warning, it is as if the log began behind that file
     */
    public static ListeningMemory<ServedEvent> of(Path logFile, Duration span, HistoryLimits limits) {
        var restored = new RestoredMemory(limits);
        for (Path file : restored.lastFiles(EventLogFiles.list(logFile), span)) {
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
                LOG.warn("{}; of this file and those before it nothing is remembered", unreadable.getMessage());
                restored.forget();
            }
        }
        if (restored.events > 0) {
            LOG.info(
                    "restored {} listeners' histories from the last {} logged events",
                    restored.memory.size(),
                    restored.events);
        }
        return restored.memory;
    }

    /** The files from the last one on that begins so long before the newest one. */
    private List<Path> lastFiles(List<Path> files, Duration span) {
        int first = files.size();
        OptionalLong newest = OptionalLong.empty();
        boolean isEnough = false;
        while (first > 0 && !isEnough) {
            first--;
            OptionalLong begins = EventReader.begins(files.get(first), LogRules.STRICT);
            newest = newest.isPresent() ? newest : begins;
            isEnough = begins.isPresent() && newest.getAsLong() - begins.getAsLong() >= span.toMillis();
        }
        isGap = first > 0;
        return files.subList(first, files.size());
    }

    private void read(Path file) {
        try (EventReader reader = EventReader.open(file)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                lastTimestamp = event.timestamp();
                if (isGap) {
                    numberFrom(lastTimestamp);
                    isGap = false;
                }
                repeat(event);
                events++;
            }
        }
    }

    /** Forgets what was read so far, since it may have gone on in lines that cannot be read. */
    private void forget() {
        memory = new ListeningMemory<>(limits, ServedEvent::bytes);
        numberFrom(lastTimestamp);
        isGap = true;
        events = 0;
    }

    private void numberFrom(long timestamp) {
        memory.forgetSessionsUpTo(Math.max(0, timestamp - NUMBERING) / 1000);
    }

    private void repeat(Event event) {
        memory.update(event.listener().key(), listener -> {
            listener.history()
                    .restore(
                            event.session(),
                            event.sequence(),
                            event.playback(),
                            event.message() == Message.LAST,
                            event.timestamp());
            if (event.requestId() != null) {
                listener.remember(event.requestId(), ServedEvent.of(event));
            }
            return null;
        });
    }
}
