package dev.segue.report.reading;

import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;

/** The fields of an event that a report needs. */
interface LogEvent {

    Message message();

    /** The timestamp, in ms since 1970. */
    long timestamp();

    /** The session's number; 0 if there is none. */
    long session();

    /** The event's number in its session; 0 if it is not known. */
    int sequence();

    /** The played track, or {@link Recommendation#NO_TRACK}. */
    int track();

    /** The fraction of the track that was played; 0 without a track. */
    double time();

    /** The latency, in seconds. */
    double latency();

    /** The recommended track, or {@link Recommendation#NO_TRACK}. */
    int recommendation();

    /** Whether the log records the recommender. */
    boolean isTraced();

    /** Whether the recommender was a fallback. */
    boolean isFallback();

    Arms arms();

    /** Returns the fields of an event. */
    static LogEvent of(Event event) {
        return new Read(event);
    }

    /**
     * The fields of an event.
     *
     * @param event the event
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
