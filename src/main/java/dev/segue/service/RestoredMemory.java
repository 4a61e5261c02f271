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
 * Restores the memory of listeners from the end of the event log: their histories, and the responses with request ids. With a
 * rotated log, the time of a start does not grow with the log.
 *
 * <p>Files that are older than the span are not read. Listeners of whom only such files have events get session numbers that begin at
 * the number of seconds from {@link #NUMBERING} to the first event that was read. That is above their earlier numbers, unless
 * a listener had more than one session a second.
 */
public final class RestoredMemory {

    /** 2020-01-01T00:00:00Z in ms since 1970. */
    static final long NUMBERING = 1_577_836_800_000L;

    private static final Logger LOG = LoggerFactory.getLogger(RestoredMemory.class);

    private final HistoryLimits limits;
    private final RecentPlays plays;
    private ListeningMemory<ServedEvent> memory;
    private boolean isGap;
    private long lastTimestamp = NUMBERING;
    private long events;

    private RestoredMemory(HistoryLimits limits, RecentPlays plays) {
        this.limits = limits;
        this.plays = plays;
        memory = new ListeningMemory<>(limits, ServedEvent::bytes);
    }

    /**
     * Reads the end of a log.
     *
     * @param logFile the live file
     * @param span minimum span of the events that are read
     * @throws EventLogException if the live file has a line that is not an event, because it may be another kind of file. A
     *     rotated file with such a line leads to a warning, and the log is read from the next file on
     */
    public static ListeningMemory<ServedEvent> of(Path logFile, Duration span, HistoryLimits limits) {
        return of(logFile, span, limits, new RecentPlays());
    }

    /**
     * The same, and the ids of plays that players reported.
     *
     * @param plays receives the ids
     */
    public static ListeningMemory<ServedEvent> of(
            Path logFile, Duration span, HistoryLimits limits, RecentPlays plays) {
        var restored = new RestoredMemory(limits, plays);
        for (Path file : restored.lastFiles(EventLogFiles.list(logFile), span)) {
            try {
                restored.read(file);
            } catch (EventLogException unreadable) {
                if (file.equals(logFile)) {
                    throw new EventLogException(
                            unreadable.getMessage()
                                    + "; at its start a server reads its log for the listeners' histories: correct that"
                                    + " line, or move the file away",
                            unreadable);
                }
                LOG.warn("{}; the events of this file and of those before it are ignored", unreadable.getMessage());
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

    /** The files from the last one that begins at least a span before the newest one. */
    private List<Path> lastFiles(List<Path> files, Duration span) {
        int first = files.size();
        OptionalLong newest = OptionalLong.empty();
        boolean reachesSpan = false;
        while (first > 0 && !reachesSpan) {
            first--;
            OptionalLong begin = EventReader.firstTimestamp(files.get(first), LogRules.SERVED);
            newest = newest.isPresent() ? newest : begin;
            reachesSpan = begin.isPresent() && newest.getAsLong() - begin.getAsLong() >= span.toMillis();
        }
        isGap = first > 0;
        return files.subList(first, files.size());
    }

    private void read(Path file) {
        try (EventReader reader = EventReader.open(file, LogRules.SERVED)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                lastTimestamp = event.timestamp();
                if (isGap) {
                    numberFrom(lastTimestamp);
                    isGap = false;
                }
                apply(event);
                events++;
            }
        }
    }

    /** Forgets the events so far, because the sessions may continue in lines that cannot be read. */
    private void forget() {
        memory = new ListeningMemory<>(limits, ServedEvent::bytes);
        numberFrom(lastTimestamp);
        isGap = true;
        events = 0;
    }

    private void numberFrom(long timestamp) {
        memory.forgetSessionsUpTo(Math.max(0, timestamp - NUMBERING) / 1000);
    }

    private void apply(Event event) {
        boolean isStateless = NextTrackService.isStateless(event);
        if (isStateless && event.requestId() == null) {
            return;
        }
        memory.update(event.listener().key(), listener -> {
            if (!isStateless) {
                listener.history()
                        .restore(
                                event.session(),
                                event.sequence(),
                                event.playback(),
                                event.message() == Message.LAST,
                                event.timestamp());
            }
            if (!plays.restore(event) && event.requestId() != null) {
                listener.remember(event.requestId(), ServedEvent.of(event));
            }
            return null;
        });
    }
}
