package dev.segue.event;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts how often other programs took the live file of a log away, and how many events were written again. */
public final class TakenAwayCounts {

    private static final Logger LOG = LoggerFactory.getLogger(TakenAwayCounts.class);

    /** How the file was taken away, as far as can be determined. */
    public enum Way {
        /**
         * The path does not exist, and the file is not in its folder under another name: deleted, or moved to another
         * folder.
         */
        REMOVED("removed"),
        /** The file is in its folder under another name. */
        RENAMED("renamed"),
        /** Another file is at the path, and the file is not in its folder under another name. */
        REPLACED("replaced"),
        /** The file is shorter than before. */
        TRUNCATED("truncated");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        /** The name in messages and metrics. */
        public String text() {
            return text;
        }

        static Way of(LiveFile.Check check) {
            return switch (check) {
                case REPLACED -> REPLACED;
                case TRUNCATED -> TRUNCATED;
                case MISSING, IN_PLACE -> REMOVED;
            };
        }
    }

    private final Map<Way, AtomicLong> times = new EnumMap<>(Way.class);
    private final AtomicLong eventsRewritten = new AtomicLong();

    TakenAwayCounts() {
        for (Way way : Way.values()) {
            times.put(way, new AtomicLong());
        }
    }

    void record(Path file, Way way) {
        counter(way).incrementAndGet();
        LOG.warn("{} was {} by another program; it is reopened", file, way.text());
    }

    void addRewritten(int events) {
        eventsRewritten.addAndGet(events);
    }

    /** Number of times the file was taken away in this way. */
    public long times(Way way) {
        return counter(way).get();
    }

    /**
     * Number of events that were written again to the new file because their file was taken away. They may be in both
     * files.
     */
    public long eventsRewritten() {
        return eventsRewritten.get();
    }

    private AtomicLong counter(Way way) {
        return Objects.requireNonNull(times.get(way));
    }
}
