package dev.segue.report.reading;

import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;

/** The part of an event that a report needs, wherever it is kept. */
interface LogEvent {

    Message message();

    /** In ms since 1970. */
    long timestamp();

    /** The session's number; 0 if there is none. */
    long session();

    /** The event's number in its session; 0 if it is not known. */
    int sequence();

    /** The track that was heard, or {@link Recommendation#NO_TRACK}. */
    int track();

    /** The fraction of it that was played; 0 without a track. */
    double time();

    /** In seconds. */
    double latency();

    /** The recommended track, or {@link Recommendation#NO_TRACK}. */
    int recommendation();

    /** Whether the log tells which recommender responded. */
    boolean isTraced();

    /** Whether that was a fallback. */
    boolean isFallback();

    Arms arms();

    /** An event as it was read. */
    static LogEvent of(Event event) {
        return new Read(event);
    }

    /**
     * Shows an event.
     *
     * @param event as it was read
     */
    record Read(Event event) implements LogEvent {
        @Override
        public Message message() {
            return event.message();
        }

        @Override
        public long timestamp() {
            return event.timestamp();
        }

        @Override
        public long session() {
            return event.session();
        }

        @Override
        public int sequence() {
            return event.sequence();
        }

        @Override
        public int track() {
            Playback playback = event.playback();
            return playback == null ? Recommendation.NO_TRACK : playback.track();
        }

        @Override
        public double time() {
            Playback playback = event.playback();
            return playback == null ? 0 : playback.time();
        }

        @Override
        public double latency() {
            return event.latency();
        }

        @Override
        public int recommendation() {
            return event.recommendation().track();
        }

        @Override
        public boolean isTraced() {
            return event.recommendation().hasOrigin();
        }

        @Override
        public boolean isFallback() {
            return event.recommendation().fallback() > 0;
        }

        @Override
        public Arms arms() {
            return event.experiments();
        }
    }
}
