package dev.segue.event;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often other programs took the live file of a log away, and how many events had to be written again. */
public final class TakenAway {

    private static final Logger LOG = LoggerFactory.getLogger(TakenAway.class);

    /** The way in which the file was taken away, as far as it is known. */
    public enum Way {
        /** Nothing is at its path, and it is in its folder by no other name: removed, or moved to another folder. */
        REMOVED("removed"),
        /** It is in its folder by another name. */
        RENAMED("renamed"),
        /** Another file is at its path, and it is in its folder by no other name. */
        REPLACED("replaced"),
        /** It is shorter than it was. */
        SHORTENED("truncated");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        /** The word for people and metrics. */
        public String text() {
            return text;
        }

        static Way of(LiveFile.Look look) {
            return switch (look) {
                case REPLACED -> REPLACED;
                case SHORTENED -> SHORTENED;
                case GONE, IN_PLACE -> REMOVED;
            };
        }
    }

    private final Map<Way, AtomicLong> times = new EnumMap<>(Way.class);
    private final AtomicLong eventsWrittenAgain = new AtomicLong();

    TakenAway() {
        for (Way way : Way.values()) {
            times.put(way, new AtomicLong());
        }
    }

    void count(Path file, Way way) {
        counter(way).incrementAndGet();
        LOG.warn("{} was {} by another program; it is opened anew", file, way.text());
    }

    void writtenAgain(int events) {
        eventsWrittenAgain.addAndGet(events);
    }

    /** How often the file was taken away in this way. */
    public long times(Way way) {
        return counter(way).get();
    }

    /**
     * Events that were written again, to the file that is there now, because the file that held them was taken away. They may
     * stand in both.
     */
    public long eventsWrittenAgain() {
        return eventsWrittenAgain.get();
    }

    private AtomicLong counter(Way way) {
        return Objects.requireNonNull(times.get(way));
    }
}
